//! The one query engine: a columnar index of entities that answers filters, text, ordering,
//! facets and relations. Entity bodies are not in it; they are a store beside it.
//!
//! Every key that can be searched is a column of numbers, one a row, that refer to the column's
//! dictionary of values. Copies share their parts, so that a writer clones the index, changes
//! the clone and swaps it in while readers go on with the old one.

mod answer;
mod bits;
mod buckets;
mod cells;
mod chunked;
mod column;
mod columns;
mod dictionary;
mod edges;
mod edit;
mod evaluate;
mod facets;
mod field_spec;
mod haystack;
mod inherit;
mod kept;
mod key;
mod leaves;
mod numbers;
mod order;
mod pieces;
mod read;
mod rows;
mod shapes;
mod slots;
mod sorted;
mod texts;

use std::sync::Arc;

use columns::Columns;
use edges::RelationTypes;
use haystack::Haystack;
use inherit::FieldPlan;
use kept::Kept;
use shapes::Shapes;
use slots::Slots;

use super::RelationType;

pub(in crate::catalog) use bits::Bits;
pub(in crate::catalog) use columns::{ColumnId, own};
pub use edit::{Change, Edit};
pub use field_spec::FieldSpec;
pub use kept::{KeptOrder, OrderedItem, Rows};
pub use leaves::Leaves;

/// The catalog's entities as columns. Cloning is cheap; see the module.
#[derive(Debug, Clone)]
pub struct CatalogIndex {
    plan: Arc<FieldPlan>,
    slots: Slots,
    columns: Columns,
    relations: RelationTypes,
    haystack: Haystack,
    shapes: Shapes,
    /// The rows of entities that exist.
    alive: Arc<Bits>,
    /// What questions have found out about this state; a changed copy begins anew.
    kept: Arc<Kept>,
    /// Among many changes orders are forgotten rather than kept up.
    bulk: bool,
}

impl CatalogIndex {
    /// An empty index that keeps these fields.
    #[must_use]
    pub fn new(fields: Arc<[FieldSpec]>) -> Self {
        let mut columns = Columns::new();
        let plan = Arc::new(FieldPlan::new(fields, &mut columns));
        let mut index = Self {
            plan,
            slots: Slots::default(),
            columns,
            relations: RelationTypes::default(),
            haystack: Haystack::default(),
            shapes: Shapes::default(),
            alive: Arc::default(),
            kept: Arc::default(),
            bulk: false,
        };
        for known in RelationType::KNOWN {
            index.relation_type(&known);
        }
        index
    }

    /// The organisation's own fields that this index keeps.
    #[must_use]
    pub fn fields(&self) -> &[FieldSpec] {
        &self.plan.specs
    }

    /// Makes the orders that pages sort by most, which the first question would have to wait for
    /// otherwise. To be called after many changes.
    pub fn warm(&self) {
        for column in [own::REF, own::DISPLAY_NAME, own::NAME] {
            self.columns.get(column).values().order();
        }
    }

    fn alive_mut(&mut self) -> &mut Bits {
        Arc::make_mut(&mut self.alive)
    }
}
