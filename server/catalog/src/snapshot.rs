//! The catalog in memory: what every list, filter and page is answered from. It is rebuilt from
//! the store, and replaced whole at every change; whoever holds one sees one moment.

mod ancestry;
mod entity;
mod read;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::catalog::index::{CatalogIndex, FieldSpec};
use model::catalog::query::RowId;
use model::catalog::{EntityRef, Problem, Severity, Status, problem::JsonPath};

use crate::store::{Loaded, StoredEntity, StoredProblem};

use read::{Change, read_ahead};

pub use ancestry::Ancestor;
pub use entity::CatalogEntity;

/// The catalog at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// By the index's row.
    entities: Rows,
    index: CatalogIndex,
    problems: Arc<[StoredProblem]>,
    seq: i64,
    full_read: bool,
    loaded_at: DateTime<Utc>,
}

type Rows = imbl::Vector<Option<Arc<CatalogEntity>>>;

fn place(rows: &mut Rows, row: RowId, entity: Option<Arc<CatalogEntity>>) {
    while rows.len() <= row.number() {
        rows.push_back(None);
    }
    rows.set(row.number(), entity);
}

/// What is to be different in the next snapshot.
#[derive(Debug, Default)]
pub(crate) struct Update {
    /// Entities by ref.
    pub(crate) entities: Vec<Change>,
    /// Whether all that the configured locations say is in it now.
    pub(crate) full_read: bool,
    /// All problems, where they differ.
    pub(crate) problems: Option<Vec<StoredProblem>>,
    /// The feed's number after the change.
    pub(crate) seq: i64,
}

impl Snapshot {
    /// The catalog without an entity, with the organisation's own fields.
    #[must_use]
    pub fn empty(fields: Arc<[FieldSpec]>, loaded_at: DateTime<Utc>) -> Self {
        Self {
            entities: Rows::new(),
            index: CatalogIndex::new(fields),
            problems: Arc::from([]),
            seq: 0,
            full_read: false,
            loaded_at,
        }
    }

    /// The same catalog with entities of the store.
    pub(crate) fn filled(mut self, entities: impl Iterator<Item = StoredEntity> + Send) -> Self {
        self.change(entities.map(|stored| (stored.entity_ref.clone(), Some(stored))));
        self
    }

    /// The same entities with what else the store holds.
    pub(crate) fn finished(mut self, loaded: Loaded) -> Self {
        self.problems = loaded.problems.into();
        self.seq = loaded.feed_seq;
        self.full_read = loaded.full_read;
        self
    }

    /// The entities' columns: what lists, filters, counts and relations are answered from.
    #[must_use]
    pub fn index(&self) -> &CatalogIndex {
        &self.index
    }

    /// The entity, if it exists.
    #[must_use]
    pub fn get(&self, entity_ref: &EntityRef) -> Option<&Arc<CatalogEntity>> {
        let row = self.index.find(entity_ref)?;
        self.entities.get(row.number())?.as_ref()
    }

    /// All entities, in no particular order.
    pub fn entities(&self) -> impl Iterator<Item = &Arc<CatalogEntity>> {
        self.entities.iter().flatten()
    }

    /// How many entities there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.index.len() as usize
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Everything that is wrong, by configured location and file.
    #[must_use]
    pub fn problems(&self) -> &[StoredProblem] {
        &self.problems
    }

    /// What is wrong with the newest source of an entity: in its own file, not in another that
    /// claims its name.
    pub fn problems_of<'s>(
        &'s self,
        entity: &'s CatalogEntity,
    ) -> impl Iterator<Item = &'s StoredProblem> {
        self.problems.iter().filter(|problem| {
            problem.entity_ref.as_ref() == Some(&entity.entity.entity_ref)
                && *problem.location == *entity.location
        })
    }

    /// The status to serve with an entity: its newest source was not accepted.
    #[must_use]
    pub fn status_of(&self, entity: &CatalogEntity) -> Option<Status> {
        let errors = self
            .problems_of(entity)
            .filter(|problem| problem.severity == Severity::Error);
        let problems: Vec<Problem> = errors
            .map(|problem| {
                let expected = problem.expected.clone().unwrap_or_default();
                Problem::error(JsonPath::root(), problem.message.clone(), expected)
            })
            .collect();
        Status::of_problems(&problems)
    }

    /// The feed's number: every change up to it is in here.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// Whether the configured locations have been read completely at least once, ever.
    #[must_use]
    pub fn is_full_read(&self) -> bool {
        self.full_read
    }

    /// When the process loaded the catalog from the store.
    #[must_use]
    pub fn loaded_at(&self) -> DateTime<Utc> {
        self.loaded_at
    }

    /// The next snapshot. This one stays as it is; what they have in common is shared.
    #[must_use]
    pub(crate) fn with(&self, update: Update) -> Self {
        let mut next = self.clone();
        next.change(update.entities.into_iter());
        if let Some(problems) = update.problems {
            next.problems = problems.into();
        }
        next.full_read |= update.full_read;
        next.seq = next.seq.max(update.seq);
        next
    }

    fn change(&mut self, entities: impl Iterator<Item = Change> + Send) {
        let mut edit = self.index.edit();
        read_ahead(entities, |entity_ref, read| match read {
            Some(read) => {
                let row = edit.put_leaves(&entity_ref, &read.leaves, &read.declared);
                place(&mut self.entities, row, Some(Arc::clone(&read.entity)));
            }
            None => {
                if let Some(row) = edit.remove(&entity_ref) {
                    place(&mut self.entities, row, None);
                }
            }
        });
        drop(edit);
        self.index.warm();
    }
}
