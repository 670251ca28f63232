//! Reading single entities from the index.

use super::CatalogIndex;
use super::columns::{ColumnId, own};
use super::slots::{LongTexts, SlotId};
use crate::catalog::filter::Predicate;
use crate::catalog::page::{FieldValue, RefLabel};
use crate::catalog::query::RowId;
use crate::catalog::{EntityRef, Relation, RelationType};

impl CatalogIndex {
    /// How many entities there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.alive.count()
    }

    /// Whether there is no entity.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether an entity exists.
    #[must_use]
    pub fn contains(&self, entity_ref: &EntityRef) -> bool {
        self.alive_slot(entity_ref).is_some()
    }

    /// The row of an entity.
    #[must_use]
    pub fn find(&self, entity_ref: &EntityRef) -> Option<RowId> {
        self.alive_slot(entity_ref).map(RowId)
    }

    /// The row with this `metadata.uid`.
    #[must_use]
    pub fn find_uid(&self, uid: &str) -> Option<RowId> {
        let predicate = Predicate::Equals("metadata.uid".to_owned(), uid.to_owned());
        self.rows(&predicate, &self.alive).iter().next().map(RowId)
    }

    /// Which entity a row is.
    #[must_use]
    pub fn entity_ref(&self, row: RowId) -> Option<&EntityRef> {
        self.slots.get(row.0).map(|slot| &slot.entity_ref)
    }

    /// The values of a key, in any case, as the entity wrote them.
    #[must_use]
    pub fn values(&self, row: RowId, key: &str) -> Vec<&str> {
        self.key(key).texts(row.0)
    }

    /// All keys that some entity has, lower-case, with how many have it. Keys for elements of
    /// arrays are not listed.
    #[must_use]
    pub fn keys(&self) -> Vec<(String, u32)> {
        let keys = self.columns.keys().filter(|(_, column)| column.rows() > 0);
        let mut keys: Vec<_> = keys
            .map(|(key, column)| (key.to_owned(), column.rows()))
            .collect();
        keys.sort_unstable();
        keys
    }

    /// The relations of an entity, sorted by type and target, whoever declared them; those to
    /// entities that do not exist included. Of an entity that does not exist, none.
    #[must_use]
    pub fn relations(&self, entity_ref: &EntityRef) -> Vec<Relation> {
        let slot = self
            .alive_slot(entity_ref)
            .and_then(|id| self.slots.get(id));
        let edges = slot.into_iter().flat_map(|slot| slot.edges.iter());
        let mut relations: Vec<Relation> = edges
            .filter_map(|edge| {
                let (kind, _) = self.relations.get(edge.relation)?;
                Some(Relation {
                    kind: kind.clone(),
                    target: self.slots.get(edge.target)?.entity_ref.clone(),
                })
            })
            .collect();
        relations.sort_unstable();
        relations
    }

    /// The entities whose relations name a reference, whether or not it exists, in the order of
    /// their refs.
    #[must_use]
    pub fn named_by(&self, entity_ref: &EntityRef) -> Vec<EntityRef> {
        let id = self.slots.find(entity_ref.as_str());
        let edges = id.and_then(|id| self.slots.get(id));
        let edges = edges.into_iter().flat_map(|slot| slot.edges.iter());
        let mut naming: Vec<EntityRef> = edges
            .filter_map(|edge| self.slots.get(edge.target))
            .map(|slot| slot.entity_ref.clone())
            .collect();
        naming.sort_unstable();
        naming.dedup();
        naming
    }

    /// Where relations of one type lead from an entity, in the order of the refs.
    #[must_use]
    pub fn related(&self, entity_ref: &EntityRef, kind: &RelationType) -> Vec<EntityRef> {
        let id = self.alive_slot(entity_ref);
        id.map_or_else(Vec::new, |id| self.related_slots(id, kind))
    }

    pub(in crate::catalog) fn related_slots(
        &self,
        id: SlotId,
        kind: &RelationType,
    ) -> Vec<EntityRef> {
        let relation = self.relations.find(kind);
        let edges = self
            .slots
            .get(id)
            .into_iter()
            .flat_map(|slot| slot.edges.iter());
        let mut targets: Vec<EntityRef> = edges
            .filter(|edge| Some(edge.relation) == relation)
            .filter_map(|edge| self.slots.get(edge.target))
            .map(|slot| slot.entity_ref.clone())
            .collect();
        targets.sort_unstable();
        targets
    }

    /// A reference as pages show it: by display name, or the short ref of what does not exist.
    #[must_use]
    pub fn label(&self, entity_ref: &EntityRef) -> RefLabel {
        let name = self
            .alive_slot(entity_ref)
            .and_then(|id| self.first_text(own::DISPLAY_NAME, id));
        RefLabel {
            label: name.map_or_else(|| missing_label(entity_ref), str::to_owned),
            exists: name.is_some(),
            href: entity_ref.path(),
            entity_ref: entity_ref.clone(),
        }
    }

    /// A value as pages show it: a reference to an entity by its display name, others as is.
    #[must_use]
    pub fn field_value(&self, value: &str) -> FieldValue {
        let target = self.value_target(value);
        FieldValue {
            text: target
                .as_ref()
                .map_or(value, |target| target.label.as_str())
                .to_owned(),
            target,
        }
    }

    /// The text of [`Self::field_value`].
    pub(in crate::catalog) fn value_label(&self, value: &str) -> String {
        self.field_value(value).text
    }

    /// The entity that a value names. A text that only looks like a reference is none.
    fn value_target(&self, value: &str) -> Option<RefLabel> {
        if !value.contains(':') {
            return None;
        }
        let entity_ref = EntityRef::parse(value).ok()?;
        let is_reference = self.contains(&entity_ref) || entity_ref.as_str() == value;
        is_reference.then(|| self.label(&entity_ref))
    }

    /// The description, cut for display when it is long.
    pub(in crate::catalog) fn description(&self, row: RowId) -> Option<&str> {
        let long = self.long(row).and_then(|long| long.description.as_deref());
        long.or_else(|| self.first_text(own::DESCRIPTION, row.0))
    }

    /// The address to view the source, as the entity has it.
    pub(in crate::catalog) fn view_url(&self, row: RowId) -> Option<&str> {
        let long = self.long(row).and_then(|long| long.view_url.as_deref());
        long.or_else(|| self.first_text(own::VIEW_URL, row.0))
    }

    /// The address to edit the source, as the entity has it.
    pub(in crate::catalog) fn edit_url(&self, row: RowId) -> Option<&str> {
        let long = self.long(row).and_then(|long| long.edit_url.as_deref());
        long.or_else(|| self.first_text(own::EDIT_URL, row.0))
    }

    fn long(&self, row: RowId) -> Option<&LongTexts> {
        self.slots.row(row.0)?.long.as_deref()
    }

    /// The values of a column, as the entity wrote them.
    pub(in crate::catalog) fn all_texts(
        &self,
        column: ColumnId,
        id: SlotId,
    ) -> impl Iterator<Item = &str> {
        self.columns.get(column).texts(id)
    }

    /// The first value of a column, as the entity wrote it.
    pub(in crate::catalog) fn first_text(&self, column: ColumnId, id: SlotId) -> Option<&str> {
        self.columns.get(column).texts(id).next()
    }
}

fn missing_label(entity_ref: &EntityRef) -> String {
    entity_ref.humanized(Some(entity_ref.kind()))
}
