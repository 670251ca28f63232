//! The catalog page in words: its state as a URL, and the answer that it shows.
//! Server-rendered pages and the browser use the same types; nothing here knows HTML.

mod columns;
mod contents;
mod labels;
mod selection;
mod state;
mod url;

pub use columns::{Column, available_columns, shown_columns};
pub use contents::{
    CatalogPage, CatalogRow, FacetGroup, FacetValue, FieldCell, KindCount, PersonalCounts, Viewer,
};
pub use labels::{RefLabel, short_ref};
pub use selection::{OwnerFilter, PersonalFilter, Sort};
pub use state::{CatalogQuery, DEFAULT_KIND, DEFAULT_LIMIT, EVERY_KIND, MAX_LIMIT, group};
