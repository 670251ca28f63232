//! The catalog at one moment, as the portal's features ask of it.

use std::sync::Arc;

use app::catalog::types::{MissingEntity, NearEntity};
use app::identity::types::{EntityCard, GuestChoice};
use catalog::snapshot::{CatalogEntity, Snapshot};
use model::catalog::filter::Predicate;
use model::catalog::index::CatalogIndex;
use model::catalog::page::{
    CatalogRow, KindCount, RefLabel, Viewer, entity_row, entity_summary, kind_counts, nearest,
};
use model::catalog::query::OrderBy;
use model::catalog::{EntityRef, RelationType, Severity};

/// Everything that is asked of one snapshot.
#[derive(Clone)]
pub struct View(Arc<Snapshot>);

impl View {
    pub(super) fn of(snapshot: Arc<Snapshot>) -> Self {
        Self(snapshot)
    }

    #[cfg(test)]
    pub(super) fn empty() -> Self {
        Self(Arc::new(Snapshot::empty(Arc::from([]), chrono::Utc::now())))
    }

    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.0
    }

    pub(super) fn index(&self) -> &CatalogIndex {
        self.0.index()
    }

    pub(super) fn get(&self, wanted: &EntityRef) -> Option<&CatalogEntity> {
        self.0.get(wanted).map(AsRef::as_ref)
    }

    /// An entity as a row of the list, whoever looks.
    pub(super) fn row(&self, of: &EntityRef) -> Option<CatalogRow> {
        entity_row(self.index(), of, Viewer::default())
    }

    /// How an entity is named and linked.
    #[must_use]
    pub fn label(&self, of: &EntityRef) -> RefLabel {
        self.index().label(of)
    }

    /// An entity for a list.
    #[must_use]
    pub fn card(&self, of: &EntityRef) -> EntityCard {
        let summary = entity_summary(self.index(), of);
        EntityCard {
            entity: summary.label,
            kind: summary.kind,
            spec_type: summary.spec_type,
            description: summary.description,
            at: None,
        }
    }

    /// The groups that a user is a direct member of.
    #[must_use]
    pub fn groups_of(&self, user: &EntityRef) -> Vec<EntityRef> {
        self.index().related(user, &RelationType::MemberOf)
    }

    /// Everybody, by name.
    #[must_use]
    pub fn users(&self) -> Vec<GuestChoice> {
        let users = Predicate::Equals("kind".to_owned(), "user".to_owned());
        let users = self.index().refs(&users, &[OrderBy::ascending("@name")]);
        users.iter().map(|user| self.choice(user)).collect()
    }

    fn choice(&self, user: &EntityRef) -> GuestChoice {
        let card = self.card(user);
        let groups = self.groups_of(user);
        GuestChoice {
            user: card.entity,
            description: card.description,
            groups: groups.iter().map(|group| self.label(group).label).collect(),
        }
    }

    /// What to say of an entity that does not exist.
    pub(super) fn missing(&self, wanted: &EntityRef) -> MissingEntity {
        let near = |entity: RefLabel| NearEntity {
            owner: self
                .row(&entity.entity_ref)
                .and_then(|row| row.owners.into_iter().next()),
            entity,
        };
        let naming = self.index().named_by(wanted);
        MissingEntity {
            entity_ref: wanted.clone(),
            nearest: nearest(self.index(), wanted)
                .into_iter()
                .map(near)
                .collect(),
            named_by: naming.iter().map(|by| self.label(by)).collect(),
        }
    }

    /// How many entities each kind has.
    #[must_use]
    pub fn kinds(&self) -> Vec<KindCount> {
        kind_counts(self.index())
    }

    /// How many errors the catalog has.
    #[must_use]
    pub fn errors(&self) -> u32 {
        let problems = self.0.problems().iter();
        let errors = problems.filter(|problem| problem.severity == Severity::Error);
        u32::try_from(errors.count()).unwrap_or(u32::MAX)
    }

    /// Where the change feed stood.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.0.seq()
    }
}
