//! What questions have found out about one state of the index, for those that come after them until the
//! next change: orders of everything by one key, along which a page of some entities is found without
//! sorting them, and the rows with one of few values, a kind for example.

use std::sync::{Arc, Mutex, PoisonError};

use super::CatalogIndex;
use super::bits::Bits;
use super::columns::ColumnId;
use crate::catalog::filter::Predicate;
use crate::catalog::query::{OrderBy, Query, RowId};

/// So many orders and sets are kept; keys come from requests, and there are thousands of them.
const MOST: usize = 16;
/// A key with more values than that is asked for another one each time.
const FEW_VALUES: usize = 256;

/// Every value of a key in its place, the least first, and those of one text by `metadata.uid`.
#[derive(Debug)]
pub struct KeptOrder {
    items: Vec<OrderedItem>,
    rows: Bits,
}

/// An entity in an order, for one of its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderedItem {
    /// The entity.
    pub row: RowId,
    /// Which of its values, in the order of [`CatalogIndex::values`].
    pub value: u32,
}

/// Entities that meet a predicate.
#[derive(Clone, Debug)]
pub struct Rows(Bits);

/// What has been found out.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// By key.
    orders: Recent<String, KeptOrder>,
    /// By column and value in lower case.
    rows: Recent<(ColumnId, String), Bits>,
}

/// The things that were asked for last, the very last at the end.
#[derive(Debug)]
struct Recent<K, V>(Mutex<Vec<(K, Arc<V>)>>);

impl CatalogIndex {
    /// The order by a key, in any case. Entities without a value are not in it; one with several is
    /// there for each.
    #[must_use]
    pub fn order_by(&self, key: &str) -> Arc<KeptOrder> {
        let key = key.to_lowercase();
        let make = || KeptOrder::new(self, &key);
        self.kept.orders.get(&key, make)
    }

    /// The rows with a value, where they are worth keeping: given in lower case, of a key with few
    /// values that names no element of an array.
    pub(super) fn kept_rows(&self, key: &str, value: &str) -> Option<Arc<Bits>> {
        let column = self.columns.find(&key.to_lowercase())?;
        let is_worth_it = self.columns.get(column).values().len() <= FEW_VALUES;
        let asked = self.key(key);
        let make = || asked.equal_rows(&self.alive, &[value.to_owned()]);
        (is_worth_it && !asked.has_elements())
            .then(|| self.kept.rows.get(&(column, value.to_owned()), make))
    }

    /// The entities that meet a predicate, in no order.
    #[must_use]
    pub fn matching(&self, predicate: &Predicate) -> Rows {
        Rows(self.rows(predicate, &self.alive))
    }
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Clone + PartialEq, V> Recent<K, V> {
    /// What is kept, or else is made: while others ask on, so that two may make the same.
    fn get(&self, key: &K, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some(known) = self.find(key) {
            return known;
        }
        let made = Arc::new(make());
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push((key.clone(), Arc::clone(&made)));
        made
    }

    fn find(&self, key: &K) -> Option<Arc<V>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(known, _)| known == key)?;
        let found = kept.remove(at);
        let value = Arc::clone(&found.1);
        kept.push(found);
        Some(value)
    }
}

impl KeptOrder {
    fn new(index: &CatalogIndex, key: &str) -> Self {
        let valued = Predicate::HasPrefix(key.to_owned(), String::new());
        let rows = index.rows(&valued, &index.alive);
        let by_value = Query::default()
            .ordered(OrderBy::ascending(key))
            .ordered(OrderBy::ascending("metadata.uid"));
        let column = index.key(key);
        let mut several = false;
        let mut items = Vec::new();
        for row in index.answer(&rows, &by_value).rows {
            let values = u32::try_from(column.texts(row.0).len()).unwrap_or(u32::MAX);
            several |= values > 1;
            items.extend((0..values).map(|value| OrderedItem { row, value }));
        }
        if several {
            let uid = index.key("metadata.uid");
            let lower = |texts: Vec<&str>, at: u32| {
                let text = texts.get(at as usize).copied().unwrap_or_default();
                text.to_lowercase()
            };
            items.sort_by_cached_key(|item| {
                let value = lower(column.texts(item.row.0), item.value);
                (value, lower(uid.texts(item.row.0), 0))
            });
        }
        Self { items, rows }
    }

    /// All of it.
    #[must_use]
    pub fn items(&self) -> &[OrderedItem] {
        &self.items
    }
}

impl Rows {
    /// How many.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.0.count()
    }

    /// Whether an entity is among them.
    #[must_use]
    pub fn contains(&self, row: RowId) -> bool {
        self.0.contains(row.0)
    }

    /// Those that are in an order.
    #[must_use]
    pub fn within(self, order: &KeptOrder) -> Self {
        Self(self.0.and(&order.rows))
    }

    /// Those that pass.
    #[must_use]
    pub fn filtered(self, passes: impl Fn(RowId) -> bool) -> Self {
        let mut kept = self.0.clone();
        for row in self.0.iter().filter(|row| !passes(RowId(*row))) {
            kept.remove(row);
        }
        Self(kept)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalog::EntityView;

    fn put(index: &mut CatalogIndex, name: &str, tags: &[&str]) {
        let value = json!({
            "apiVersion": "v1", "kind": "Component",
            "metadata": {"name": name, "uid": format!("uid-{name}"), "tags": tags},
        });
        let entity_ref = EntityView(&value).entity_ref().unwrap();
        index.edit().put(&entity_ref, &value, &[]);
    }

    fn order(index: &CatalogIndex, key: &str) -> Vec<String> {
        let order = index.order_by(key);
        let items = order.items().iter();
        let told = items.map(|item| {
            let value = index.values(item.row, key)[item.value as usize];
            format!("{} {value}", index.entity_ref(item.row).unwrap().name())
        });
        told.collect()
    }

    #[test]
    fn an_entity_is_in_an_order_once_for_each_value() {
        let mut index = CatalogIndex::new(Arc::from([]));
        put(&mut index, "b", &["rust", "Go"]);
        put(&mut index, "a", &["go"]);
        put(&mut index, "c", &[]);
        assert_eq!(order(&index, "metadata.tags"), ["a go", "b Go", "b rust"]);
        assert_eq!(order(&index, "metadata.name"), ["a a", "b b", "c c"]);
        let tagged = index.matching(&Predicate::EVERYTHING);
        assert_eq!(tagged.within(&index.order_by("metadata.tags")).count(), 2);
    }

    #[test]
    fn what_is_kept_is_of_one_state() {
        let components = Predicate::Equals("kind".to_owned(), "component".to_owned());
        let mut index = CatalogIndex::new(Arc::from([]));
        put(&mut index, "b", &[]);
        assert_eq!(order(&index, "metadata.name"), ["b b"]);
        assert_eq!(index.count(&components), 1);
        let before = index.clone();
        put(&mut index, "a", &[]);
        assert_eq!(order(&index, "metadata.name"), ["a a", "b b"]);
        assert_eq!(index.count(&components), 2);
        assert_eq!(order(&before, "metadata.name"), ["b b"]);
        assert_eq!(before.count(&components), 1);
    }

    #[test]
    fn only_so_much_is_kept() {
        let mut index = CatalogIndex::new(Arc::from([]));
        put(&mut index, "a", &[]);
        let name = index.order_by("metadata.name");
        for at in 0..MOST {
            let _ = index.order_by(&format!("made.up-{at}"));
        }
        assert_eq!(index.kept.orders.0.lock().unwrap().len(), MOST);
        assert!(!Arc::ptr_eq(&name, &index.order_by("metadata.name")));
    }
}
