//! [`CatalogStore`] on SQLite and PostgreSQL.

use std::ops::RangeInclusive;

use async_trait::async_trait;
use db::audit::{self, Cause};
use db::feed::Change;
use db::{Db, Fence, Result, Tx, each};
use model::catalog::EntityRef;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{
    Applied, Batch, CatalogStore, FULL_READ_TOPIC, Loaded, News, Operation, Revision, StoredEntity,
    StoredProblem, Written, heads, load, news, plan, problems, rounds, write,
};

/// The key in `meta` that says when the configured locations were first read completely.
const FULL_READ: &str = "catalog.full-read";
const HAS_META: &str = "select count(*) from meta where key = $1";
const SET_META: &str = "insert into meta (key, value) values ($1, $2) on conflict (key) do nothing";

/// The catalog in the portal's database.
#[derive(Clone)]
pub struct SqlCatalogStore {
    db: Db,
}

impl SqlCatalogStore {
    /// A store on an open database.
    pub fn new(db: Db) -> Self {
        Self { db }
    }
}

#[async_trait]
impl CatalogStore for SqlCatalogStore {
    async fn load_into(&self, entities: mpsc::Sender<Vec<StoredEntity>>) -> Result<Loaded> {
        let mut tx = self.db.read().await?;
        let loaded = Loaded {
            feed_seq: tx.feed_head().await?,
            full_read: has_full_read(&mut tx).await?,
            problems: problems::all(&mut tx).await?,
        };
        load::all(&mut tx, entities).await?;
        tx.rollback().await?;
        Ok(loaded)
    }

    async fn apply_under(
        &self,
        fence: Option<&Fence>,
        cause: &Cause,
        batch: &Batch,
    ) -> Result<Applied> {
        let mut tx = self.db.begin().await?;
        if let Some(fence) = fence {
            tx.check(fence).await?;
        }
        // Held to the end: two batches would otherwise decide on the same heads.
        let head = tx.lock_feed().await?;
        let heads = heads::read(&mut tx, &plan::refs(batch)).await?;
        let steps = plan::steps(batch, &heads);
        let replacements = problems::differing(&mut tx, batch).await?;
        let first_full_read = batch.full_read && !has_full_read(&mut tx).await?;
        if steps.is_empty() && replacements.is_empty() && !first_full_read {
            tx.rollback().await?;
            return Ok(unchanged(head));
        }

        let mut changes = write::changes(&steps);
        changes.extend(problems::changes(&replacements));
        if changes.is_empty() {
            changes.push(full_read_change());
        }
        let first = tx.publish(cause.at, &changes).await?;
        let written = write::steps(&mut tx, cause.at, first, steps).await?;
        problems::replace(&mut tx, &replacements).await?;
        if first_full_read {
            set_full_read(&mut tx, cause).await?;
        }
        let applied = Applied {
            feed_seq: first - 1 + i64::try_from(changes.len()).unwrap_or(0),
            written,
            problem_origins: replacements.into_iter().map(|(origin, _)| origin).collect(),
        };
        let epoch = fence.map(Fence::epoch);
        let (object, detail) = summary(&applied, first_full_read, epoch);
        audit::record(&mut tx, cause, "catalog.apply", &object, &detail).await?;
        tx.commit().await?;
        Ok(applied)
    }

    async fn entities(&self, refs: &[EntityRef]) -> Result<Vec<StoredEntity>> {
        let mut tx = self.db.read().await?;
        let entities = load::some(&mut tx, refs).await?;
        tx.rollback().await?;
        Ok(entities)
    }

    async fn problems(&self) -> Result<Vec<StoredProblem>> {
        let mut tx = self.db.read().await?;
        let problems = problems::all(&mut tx).await?;
        tx.rollback().await?;
        Ok(problems)
    }

    async fn since(&self, seq: i64, known: &[RangeInclusive<i64>]) -> Result<News> {
        let mut tx = self.db.read().await?;
        let news = news::since(&mut tx, seq, known).await?;
        tx.rollback().await?;
        Ok(news)
    }

    async fn request_round(&self) -> Result<i64> {
        rounds::request(&self.db).await
    }

    async fn requested_round(&self) -> Result<i64> {
        rounds::requested(&self.db).await
    }

    async fn serve_round(&self, fence: &Fence, round: i64) -> Result<()> {
        rounds::serve(&self.db, fence, round).await
    }

    async fn history(
        &self,
        entity_ref: &EntityRef,
        before: i64,
        limit: u32,
    ) -> Result<Vec<Revision>> {
        load::history(&self.db, entity_ref, before, limit).await
    }

    async fn has_full_read(&self) -> Result<bool> {
        let mut tx = self.db.read().await?;
        let answer = has_full_read(&mut tx).await?;
        tx.rollback().await?;
        Ok(answer)
    }
}

fn unchanged(feed_seq: i64) -> Applied {
    Applied {
        feed_seq,
        ..Applied::default()
    }
}

pub(super) async fn has_full_read(tx: &mut Tx) -> Result<bool> {
    let count: i64 = each!(tx.on(), on => {
        sqlx::query_scalar(HAS_META).bind(FULL_READ).fetch_one(on).await?
    });
    Ok(count > 0)
}

/// A batch that says that everything was read, and that there is nothing.
fn full_read_change() -> Change {
    Change {
        topic: FULL_READ_TOPIC.to_owned(),
        key: "catalog".to_owned(),
        payload: "null".to_owned(),
    }
}

async fn set_full_read(tx: &mut Tx, cause: &Cause) -> Result<()> {
    each!(tx.on(), on => {
        sqlx::query(SET_META)
            .bind(FULL_READ)
            .bind(cause.at.to_rfc3339())
            .execute(on)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Object and detail of a batch's audit event. The refs are in `revisions` and `feed`, between
/// the two numbers. `epoch` is the lease's under which it was written, if under any.
fn summary(applied: &Applied, first_full_read: bool, epoch: Option<i64>) -> (String, Value) {
    let count =
        |wanted: &dyn Fn(&Written) -> bool| applied.written.iter().filter(|w| wanted(w)).count();
    let object = match applied.written.as_slice() {
        [one] => one.entity_ref.to_string(),
        _ => "catalog".to_owned(),
    };
    let changes = applied.written.len() + applied.problem_origins.len();
    let before = applied.feed_seq - i64::try_from(changes).unwrap_or(0);
    let mut detail = json!({
        "put": count(&|w| w.op == Operation::Put && !w.placed_only),
        "placed": count(&|w| w.placed_only),
        "deleted": count(&|w| w.op == Operation::Delete),
        "problem_origins": applied.problem_origins.len(),
        "first_full_read": first_full_read,
        "after_seq": before,
        "last_seq": applied.feed_seq,
    });
    if let (Some(detail), Some(epoch)) = (detail.as_object_mut(), epoch) {
        detail.insert("epoch".to_owned(), epoch.into());
    }
    (object, detail)
}
