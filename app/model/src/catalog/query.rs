//! A question to the catalog's index, and its answer.

use super::filter::Predicate;

/// Which entities, in which order, from where to where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Which.
    pub predicate: Predicate,
    /// In which order, most important first; at most [`Query::MAX_ORDER`] count. Entities
    /// without a value come last in both directions; ties are in the order of their refs.
    pub order: Vec<OrderBy>,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; `None` for all.
    pub limit: Option<u32>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            predicate: Predicate::EVERYTHING,
            order: Vec::new(),
            offset: 0,
            limit: None,
        }
    }
}

impl Query {
    /// How many keys an order may have.
    pub const MAX_ORDER: usize = 4;

    /// All that meet a predicate, in the order of their refs.
    #[must_use]
    pub fn of(predicate: Predicate) -> Self {
        Self {
            predicate,
            ..Self::default()
        }
    }

    /// The same with one more key to order by.
    #[must_use]
    pub fn ordered(mut self, order: OrderBy) -> Self {
        self.order.push(order);
        self
    }

    /// The same, cut to a page.
    #[must_use]
    pub fn page(mut self, offset: u32, limit: u32) -> Self {
        self.offset = offset;
        self.limit = Some(limit);
        self
    }
}

/// A key to order by. A key with several values counts by its least one, descending by its
/// greatest one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderBy {
    /// The key, in any case.
    pub key: String,
    /// Greatest first.
    pub descending: bool,
    /// Values that are entity refs count as the display names of the entities.
    pub by_label: bool,
}

impl OrderBy {
    /// Least value first.
    #[must_use]
    pub fn ascending(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            descending: false,
            by_label: false,
        }
    }

    /// Greatest value first.
    #[must_use]
    pub fn descending(key: &str) -> Self {
        Self {
            descending: true,
            ..Self::ascending(key)
        }
    }
}

/// A row of an index, to be read from that index or its clones; others number differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub(in crate::catalog) u32);

impl RowId {
    /// The row's number. Rows of entities that are gone are used again, so that numbers are hardly
    /// greater than there are references.
    #[must_use]
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// What a [`Query`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// How many entities match, whatever offset and limit.
    pub total: u32,
    /// The rows from the offset on, in order.
    pub rows: Vec<RowId>,
}

/// The values of a key among the entities asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The key as it was asked for.
    pub key: String,
    /// By value.
    pub values: Vec<FacetCount>,
}

/// How many entities have a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// As it was written; spellings count apart.
    pub value: String,
    /// Entities that have it.
    pub count: u32,
}
