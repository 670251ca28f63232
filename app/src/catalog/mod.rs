//! The catalog: what its pages show.

pub mod types;
