//! A row for each reference that the catalog knows: its entities, and what they only mention.

use std::sync::Arc;

use super::buckets::Buckets;
use super::chunked::Chunked;
use super::columns::ColumnId;
use super::edges::{DeclaredEdge, Edge};
use crate::catalog::EntityRef;

/// The number of a row. A row that nothing mentions any more is used again.
pub(super) type SlotId = u32;

/// One reference.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) entity_ref: EntityRef,
    /// What to undo when the entity goes; absent when there is no such entity.
    pub(super) row: Option<Arc<Row>>,
    /// Relations from here, in order, whoever declared them.
    pub(super) edges: Arc<Vec<Edge>>,
    /// Rows whose inherited fields were looked up here, in order.
    pub(super) dependents: Arc<Vec<SlotId>>,
    /// How many relations lead here.
    pub(super) uses: u32,
}

/// What an entity has put into the index.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// The columns of its leaves, in order.
    pub(super) columns: Arc<[ColumnId]>,
    /// The relations that it declared, in order.
    pub(super) declared: Box<[DeclaredEdge]>,
    /// Where its inherited fields are looked up, in order.
    pub(super) inherits_from: Box<[SlotId]>,
    /// Texts too long for their column.
    pub(super) long: Option<Box<LongTexts>>,
}

/// Texts that pages show although they are too long to be searched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LongTexts {
    /// Cut for display.
    pub(super) description: Option<Box<str>>,
    pub(super) view_url: Option<Box<str>>,
    pub(super) edit_url: Option<Box<str>>,
}

/// All rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    slots: Chunked<Option<Slot>, 64>,
    /// Rows by the hash of the reference.
    by_ref: Buckets,
    free: Vec<SlotId>,
    /// What most rows have, kept once.
    nothing: (Arc<Vec<Edge>>, Arc<Vec<SlotId>>),
}

impl Slots {
    /// How many rows there are, unused ones included.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn get(&self, id: SlotId) -> Option<&Slot> {
        self.slots.get(id)?.as_ref()
    }

    pub(super) fn get_mut(&mut self, id: SlotId) -> Option<&mut Slot> {
        self.slots.get_mut(id)?.as_mut()
    }

    /// What the entity in a row has put into the index.
    pub(super) fn row(&self, id: SlotId) -> Option<&Arc<Row>> {
        self.get(id)?.row.as_ref()
    }

    pub(super) fn find(&self, entity_ref: &str) -> Option<SlotId> {
        let mut same = self.by_ref.find(self.by_ref.hash(entity_ref));
        same.find(|id| {
            self.get(*id)
                .is_some_and(|slot| slot.entity_ref.as_str() == entity_ref)
        })
    }

    /// The row of a reference, new or not.
    pub(super) fn id(&mut self, entity_ref: &EntityRef) -> SlotId {
        if let Some(id) = self.find(entity_ref.as_str()) {
            return id;
        }
        let slot = Some(Slot {
            entity_ref: entity_ref.clone(),
            row: None,
            edges: Arc::clone(&self.nothing.0),
            dependents: Arc::clone(&self.nothing.1),
            uses: 0,
        });
        let id = if let Some(id) = self.free.pop() {
            if let Some(free) = self.slots.get_mut(id) {
                *free = slot;
            }
            id
        } else {
            self.slots.push(slot);
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        };
        self.by_ref
            .insert(self.by_ref.hash(entity_ref.as_str()), id);
        id
    }

    /// Frees a row that nothing is in and nothing mentions.
    pub(super) fn free_if_unused(&mut self, id: SlotId) {
        let Some(slot) = self.get(id) else {
            return;
        };
        let used = slot.row.is_some()
            || slot.uses > 0
            || !slot.edges.is_empty()
            || !slot.dependents.is_empty();
        if used {
            return;
        }
        let hash = self.by_ref.hash(slot.entity_ref.as_str());
        self.by_ref.remove(hash, id);
        if let Some(slot) = self.slots.get_mut(id) {
            *slot = None;
        }
        self.free.push(id);
    }

    /// Adds to, or takes from, a sorted list of rows that depend on a row.
    pub(super) fn depend(&mut self, on: SlotId, dependent: SlotId, depends: bool) {
        let Some(slot) = self.get_mut(on) else {
            return;
        };
        let found = slot.dependents.binary_search(&dependent);
        match (found, depends) {
            (Err(at), true) => Arc::make_mut(&mut slot.dependents).insert(at, dependent),
            (Ok(at), false) => {
                Arc::make_mut(&mut slot.dependents).remove(at);
            }
            _ => {}
        }
    }
}
