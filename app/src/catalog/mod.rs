//! The catalog: list, entity, graph, source, problems.

pub mod api;
pub mod entity;
pub(crate) mod get_form;
pub mod graph;
pub mod graph_page;
pub mod graph_view;
pub mod list;
#[cfg(feature = "ssr")]
pub mod port;
pub mod problems;
pub mod types;
