//! The words of the domain: plain types and pure functions over JSON values.
//! No IO, no YAML, no clock, no async, no Leptos; builds for wasm32.

pub mod catalog;
