//! Reading entities and their revisions.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use db::{Db, DbError, Result, Stamp, Tx, each};
use futures::{StreamExt, TryStreamExt};
use model::catalog::EntityRef;
use sqlx::{FromRow, QueryBuilder};
use tokio::sync::mpsc;

use super::stored::{entity_ref, position};
use super::{Operation, Revision, StoredEntity};

/// Refs a statement.
const NAMED: usize = 1000;
/// Entities that are sent at once.
const BATCH: usize = 64;

const CURRENT: &str = "select e.entity_ref, e.uid, e.seq, e.number, e.etag, r.body, r.at, \
                       e.location, e.origin, e.line, e.orphan \
                       from entities e join revisions r on r.seq = e.seq where not e.deleted";
const HISTORY: &str = "select seq, number, op, body, etag, location, origin, commit_id, author, \
                       at from revisions where entity_ref = $1 and number < $2 \
                       order by number desc limit $3";

/// Sends every entity that exists, by ref. Who no longer listens has given up.
pub(super) async fn all(tx: &mut Tx, to: mpsc::Sender<Vec<StoredEntity>>) -> Result<()> {
    let mut origin: Arc<str> = Arc::default();
    each!(tx.on(), on => {
        let mut sql = QueryBuilder::new(CURRENT);
        sql.push(" order by e.entity_ref");
        let rows = sql.build_query_as::<EntityRow>().fetch(on);
        let mut batches = rows.try_chunks(BATCH);
        while let Some(batch) = batches.next().await {
            let mut entities = Vec::with_capacity(BATCH);
            for row in batch.map_err(|error| error.1)? {
                let mut entity = row.into_entity()?;
                // Most entities come from few origins.
                if entity.origin == origin {
                    entity.origin = Arc::clone(&origin);
                }
                origin = Arc::clone(&entity.origin);
                entities.push(entity);
            }
            if to.send(entities).await.is_err() {
                break;
            }
        }
    });
    Ok(())
}

/// Those of `refs` that exist.
pub(super) async fn some(tx: &mut Tx, refs: &[EntityRef]) -> Result<Vec<StoredEntity>> {
    let mut entities = Vec::with_capacity(refs.len());
    for refs in refs.chunks(NAMED) {
        let rows: Vec<EntityRow> = each!(tx.on(), on => {
            let mut sql = QueryBuilder::new(CURRENT);
            sql.push(" and e.entity_ref in (");
            let mut list = sql.separated(", ");
            for entity_ref in refs {
                list.push_bind(entity_ref.as_str());
            }
            sql.push(")");
            sql.build_query_as().persistent(false).fetch_all(on).await?
        });
        for row in rows {
            entities.push(row.into_entity()?);
        }
    }
    Ok(entities)
}

/// The newest revisions of an entity before one, newest first.
pub(super) async fn history(
    db: &Db,
    of: &EntityRef,
    before: i64,
    limit: u32,
) -> Result<Vec<Revision>> {
    let rows: Vec<RevisionRow> = each!(db.reader(), on => {
        sqlx::query_as(HISTORY)
            .bind(of.as_str())
            .bind(before)
            .bind(i64::from(limit))
            .fetch_all(on)
            .await?
    });
    rows.into_iter().map(RevisionRow::into_revision).collect()
}

#[derive(FromRow)]
struct EntityRow {
    entity_ref: String,
    uid: String,
    seq: i64,
    number: i64,
    etag: Arc<str>,
    body: Arc<str>,
    at: Stamp,
    location: Arc<str>,
    origin: Arc<str>,
    line: Option<i64>,
    orphan: bool,
}

impl EntityRow {
    fn into_entity(self) -> Result<StoredEntity> {
        Ok(StoredEntity {
            entity_ref: entity_ref(&self.entity_ref)?,
            uid: self.uid,
            seq: self.seq,
            number: self.number,
            etag: self.etag,
            body: self.body,
            at: DateTime::<Utc>::from(self.at),
            location: self.location,
            origin: self.origin,
            line: position(self.line),
            orphan: self.orphan,
        })
    }
}

#[derive(FromRow)]
struct RevisionRow {
    seq: i64,
    number: i64,
    op: String,
    body: Option<String>,
    etag: Option<String>,
    location: String,
    origin: String,
    commit_id: Option<String>,
    author: Option<String>,
    at: Stamp,
}

impl RevisionRow {
    fn into_revision(self) -> Result<Revision> {
        Ok(Revision {
            seq: self.seq,
            number: self.number,
            op: operation(&self.op)?,
            body: self.body.map(Arc::from),
            etag: self.etag,
            location: self.location,
            origin: self.origin,
            commit: self.commit_id,
            author: self.author,
            at: DateTime::<Utc>::from(self.at),
        })
    }
}

fn operation(text: &str) -> Result<Operation> {
    [Operation::Put, Operation::Delete]
        .into_iter()
        .find(|op| op.as_str() == text)
        .ok_or_else(|| DbError::other(format!("`{text}` is not an operation")))
}
