//! The catalog at work: reading files, ingestion, store, snapshot.

pub mod check;
pub mod config;
mod ingest;
pub mod process;
pub mod service;
pub mod snapshot;
pub mod source;
pub mod store;
pub mod yaml;
