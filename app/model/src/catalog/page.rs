//! The catalog page in words: its state as a URL, and the answer that it shows.
//! Server-rendered pages and the browser use the same types; nothing here knows HTML.

mod answer;
mod columns;
mod contents;
mod facets;
mod graph;
mod labels;
mod nearest;
mod offer;
mod organisation;
mod row;
mod selection;
mod state;
mod url;

pub use answer::{all_rows, answer_page, kind_counts};
pub use columns::{Column, available_columns, shown_columns};
pub use contents::{
    CatalogPage, CatalogRow, FacetGroup, FacetValue, FieldCell, FieldValue, KindCount,
    PersonalCounts, Viewer,
};
pub use graph::{GraphEdge, GraphNode, GraphQuery, Neighbourhood, is_forward, neighbourhood};
pub use labels::RefLabel;
pub use nearest::nearest;
pub use organisation::{Member, OwnedBucket, Ownership, descendants, members, owners, ownership};
pub use row::{EntitySummary, entity_row, entity_summary};
pub use selection::{OwnerFilter, PersonalFilter, Sort};
pub use state::{CatalogQuery, DEFAULT_KIND, DEFAULT_LIMIT, EVERY_KIND, MAX_LIMIT, group};
pub use url::pairs;
