//! From rows to an answer: ordered and cut to a page.

use super::CatalogIndex;
use super::bits::Bits;
use super::numbers::Numbers;
use super::slots::SlotId;
use crate::catalog::EntityRef;
use crate::catalog::filter::Predicate;
use crate::catalog::query::{Answer, OrderBy, Query, RowId};

impl CatalogIndex {
    /// Answers a question.
    #[must_use]
    pub fn query(&self, query: &Query) -> Answer {
        let rows = self.rows(&query.predicate, &self.alive);
        self.answer(&rows, query)
    }

    /// The refs of all entities that meet a predicate, ordered.
    #[must_use]
    pub fn refs(&self, predicate: &Predicate, order: &[OrderBy]) -> Vec<&EntityRef> {
        let query = Query {
            predicate: predicate.clone(),
            order: order.to_vec(),
            ..Query::default()
        };
        let rows = self.query(&query).rows;
        rows.iter()
            .filter_map(|row| self.entity_ref(*row))
            .collect()
    }

    /// How many entities meet a predicate.
    #[must_use]
    pub fn count(&self, predicate: &Predicate) -> u32 {
        self.rows(predicate, &self.alive).count()
    }

    /// Orders rows and cuts them to the page that a query asks for.
    pub(in crate::catalog) fn answer(&self, rows: &Bits, query: &Query) -> Answer {
        let page = Page {
            from: query.offset as usize,
            to: query.limit.map_or(usize::MAX, |limit| {
                query.offset.saturating_add(limit) as usize
            }),
        };
        let order = query.order.get(..Query::MAX_ORDER).unwrap_or(&query.order);
        let mut levels: Vec<Numbers<'_>> = order
            .iter()
            .map(|order| Numbers::new(self, rows, order))
            .collect();
        levels.push(Numbers::new(self, rows, &OrderBy::ascending("@ref")));
        let mut keyed: Vec<(u64, SlotId)> = rows.iter().map(|row| (0, row)).collect();
        arrange(&mut keyed, &levels, page);
        let shown = keyed.get(page.from..page.to.min(keyed.len()));
        Answer {
            total: u32::try_from(keyed.len()).unwrap_or(u32::MAX),
            rows: shown
                .unwrap_or_default()
                .iter()
                .map(|(_, row)| RowId(*row))
                .collect(),
        }
    }
}

#[derive(Clone, Copy)]
struct Page {
    from: usize,
    to: usize,
}

/// Sorts rows by the first level, and runs of equals by the next ones, as far as a page of them
/// needs it. Other rows are left in any order.
fn arrange(rows: &mut [(u64, SlotId)], levels: &[Numbers<'_>], page: Page) {
    let Some((level, next)) = levels.split_first() else {
        return;
    };
    for (number, row) in rows.iter_mut() {
        *number = level.of(*row);
    }
    let rows = up_to(rows, page.to);
    rows.sort_unstable_by_key(|(number, _)| *number);
    let mut start = 0;
    for same in rows.chunk_by_mut(|a, b| a.0 == b.0) {
        let end = start + same.len();
        if same.len() > 1 && start < page.to && end > page.from {
            let part = Page {
                from: page.from.saturating_sub(start),
                to: page.to.saturating_sub(start),
            };
            arrange(same, next, part);
        }
        start = end;
    }
}

/// Brings the least `count` rows, and those equal to the greatest of them, to the front.
fn up_to(rows: &mut [(u64, SlotId)], count: usize) -> &mut [(u64, SlotId)] {
    let Some(last) = count.checked_sub(1).filter(|last| last + 1 < rows.len()) else {
        let all = if count == 0 { 0 } else { rows.len() };
        return rows.get_mut(..all).unwrap_or_default();
    };
    let (_, (most, _), greater) = rows.select_nth_unstable_by_key(last, |(number, _)| *number);
    let most = *most;
    let mut equal = 0;
    for at in 0..greater.len() {
        if greater.get(at).is_some_and(|(number, _)| *number == most) {
            greater.swap(at, equal);
            equal += 1;
        }
    }
    rows.get_mut(..count + equal).unwrap_or_default()
}
