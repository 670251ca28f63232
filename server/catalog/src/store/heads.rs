//! The row of each entity in `entities`: what is true of it now, deleted ones included.

use std::collections::HashMap;
use std::sync::Arc;

use db::{Result, Tx, each};
use model::catalog::EntityRef;
use sqlx::{FromRow, QueryBuilder};

use super::stored::{entity_ref, position};

/// Above this many refs, reading the whole table is cheaper than naming them.
const NAMED: usize = 1000;

const ALL: &str = "select entity_ref, uid, seq, number, etag, location, origin, line, orphan, \
                   deleted from entities";

/// What is true of one entity now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) entity_ref: EntityRef,
    pub(super) uid: String,
    pub(super) seq: i64,
    pub(super) number: i64,
    pub(super) etag: Arc<str>,
    pub(super) location: Arc<str>,
    pub(super) origin: Arc<str>,
    pub(super) line: Option<u32>,
    pub(super) orphan: bool,
    pub(super) deleted: bool,
}

pub(super) type Heads = HashMap<EntityRef, Head>;

/// The heads of at least `refs`, as far as they ever existed.
pub(super) async fn read(tx: &mut Tx, refs: &[&EntityRef]) -> Result<Heads> {
    if refs.is_empty() {
        return Ok(Heads::new());
    }
    let rows: Vec<HeadRow> = each!(tx.on(), on => {
        let mut sql = QueryBuilder::new(ALL);
        if refs.len() <= NAMED {
            sql.push(" where entity_ref in (");
            let mut list = sql.separated(", ");
            for entity_ref in refs {
                list.push_bind(entity_ref.as_str());
            }
            sql.push(")");
        }
        sql.build_query_as().persistent(false).fetch_all(on).await?
    });
    rows.into_iter()
        .map(|row| row.into_head().map(|head| (head.entity_ref.clone(), head)))
        .collect()
}

#[derive(FromRow)]
struct HeadRow {
    entity_ref: String,
    uid: String,
    seq: i64,
    number: i64,
    etag: Arc<str>,
    location: Arc<str>,
    origin: Arc<str>,
    line: Option<i64>,
    orphan: bool,
    deleted: bool,
}

impl HeadRow {
    fn into_head(self) -> Result<Head> {
        Ok(Head {
            entity_ref: entity_ref(&self.entity_ref)?,
            uid: self.uid,
            seq: self.seq,
            number: self.number,
            etag: self.etag,
            location: self.location,
            origin: self.origin,
            line: position(self.line),
            orphan: self.orphan,
            deleted: self.deleted,
        })
    }
}
