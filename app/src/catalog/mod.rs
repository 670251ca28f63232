//! The catalog: list, entity, graph, source, problems.

pub mod api;
pub mod graph;
#[cfg(feature = "ssr")]
pub mod port;
pub mod types;
