//! The rows of a batch, many a statement.

use chrono::{DateTime, Utc};
use db::feed::Change;
use db::{Result, Stamp, Tx, each, storable};
use serde_json::json;
use sqlx::QueryBuilder;

use super::plan::{NewRevision, Step};
use super::{ENTITY_TOPIC, Put, Written};

/// Rows a statement: twelve values each stay below SQLite's 32,766 and PostgreSQL's 65,535.
const ROWS: usize = 500;

const INSERT_REVISIONS: &str = "insert into revisions (seq, entity_ref, uid, number, op, body, \
                                etag, location, origin, commit_id, author, at) ";
const INSERT_HEADS: &str = "insert into entities (entity_ref, uid, seq, number, etag, location, \
                            origin, line, orphan, deleted) ";
const REPLACE_HEADS: &str = " on conflict (entity_ref) do update set seq = excluded.seq, \
                             number = excluded.number, etag = excluded.etag, \
                             location = excluded.location, origin = excluded.origin, \
                             line = excluded.line, orphan = excluded.orphan, \
                             deleted = excluded.deleted";

/// What the feed says about `steps`, in their order.
pub(super) fn changes(steps: &[Step]) -> Vec<Change> {
    let change = |step: &Step| Change {
        topic: ENTITY_TOPIC.to_owned(),
        key: step.head.entity_ref.to_string(),
        payload: json!({"op": step.op().as_str(), "number": step.head.number}).to_string(),
    };
    steps.iter().map(change).collect()
}

/// Writes `steps`; a new revision has the number that the feed gave to its change, so that
/// revisions, too, become visible in their order.
pub(super) async fn steps(
    tx: &mut Tx,
    at: DateTime<Utc>,
    first: i64,
    mut steps: Vec<Step<'_>>,
) -> Result<Vec<Written>> {
    for (seq, step) in (first..).zip(&mut steps) {
        if step.revision.is_some() {
            step.head.seq = seq;
        }
    }
    let revised: Vec<&Step> = steps.iter().filter(|s| s.revision.is_some()).collect();
    for rows in revised.chunks(ROWS) {
        revisions(tx, at.into(), rows).await?;
    }
    for rows in steps.chunks(ROWS) {
        heads(tx, rows).await?;
    }
    Ok(steps.into_iter().map(written).collect())
}

async fn revisions(tx: &mut Tx, at: Stamp, rows: &[&Step<'_>]) -> Result<()> {
    each!(tx.on(), on => {
        let mut sql = QueryBuilder::new(INSERT_REVISIONS);
        sql.push_values(rows, |mut row, step| {
            let put = put_of(step);
            row.push_bind(step.head.seq)
                .push_bind(step.head.entity_ref.as_str())
                .push_bind(step.head.uid.as_str())
                .push_bind(step.head.number)
                .push_bind(step.op().as_str())
                .push_bind(put.map(|put| put.body.as_ref()))
                .push_bind(put.map(|put| &*put.etag))
                .push_bind(storable(&step.head.location))
                .push_bind(storable(&step.head.origin))
                .push_bind(put.and_then(|put| put.commit.as_deref()))
                .push_bind(put.and_then(|put| put.author.as_deref()))
                .push_bind(at);
        });
        sql.build().execute(on).await.map(drop)
    })?;
    Ok(())
}

async fn heads(tx: &mut Tx, rows: &[Step<'_>]) -> Result<()> {
    each!(tx.on(), on => {
        let mut sql = QueryBuilder::new(INSERT_HEADS);
        sql.push_values(rows.iter().map(|step| &step.head), |mut row, head| {
            row.push_bind(head.entity_ref.as_str())
                .push_bind(head.uid.as_str())
                .push_bind(head.seq)
                .push_bind(head.number)
                .push_bind(&*head.etag)
                .push_bind(storable(&head.location))
                .push_bind(storable(&head.origin))
                .push_bind(head.line.map(i64::from))
                .push_bind(head.orphan)
                .push_bind(head.deleted);
        });
        sql.push(REPLACE_HEADS);
        sql.build().execute(on).await.map(drop)
    })?;
    Ok(())
}

fn put_of<'a>(step: &Step<'a>) -> Option<&'a Put> {
    match step.revision {
        Some(NewRevision::Put(put)) => Some(put),
        _ => None,
    }
}

fn written(step: Step) -> Written {
    Written {
        op: step.op(),
        placed_only: step.revision.is_none(),
        entity_ref: step.head.entity_ref,
        uid: step.head.uid,
        seq: step.head.seq,
        number: step.head.number,
    }
}
