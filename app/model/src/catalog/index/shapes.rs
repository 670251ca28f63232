//! Which columns entities have: few different lists, however many entities there are.

use std::collections::HashSet;
use std::sync::Arc;

use super::columns::ColumnId;

/// From so many lists on, those known are forgotten: their entities keep them.
const MOST: usize = 4096;

/// Lists of columns, each kept once.
#[derive(Debug, Clone, Default)]
pub(super) struct Shapes(Arc<HashSet<Arc<[ColumnId]>>>);

impl Shapes {
    /// The list, as others have it.
    pub(super) fn shared(&mut self, columns: Vec<ColumnId>) -> Arc<[ColumnId]> {
        if let Some(known) = self.0.get(columns.as_slice()) {
            return Arc::clone(known);
        }
        let shape: Arc<[ColumnId]> = columns.into();
        let known = Arc::make_mut(&mut self.0);
        if known.len() == MOST {
            known.clear();
        }
        known.insert(Arc::clone(&shape));
        shape
    }
}
