//! A transaction on either database. Whoever waits for the feed is woken after its commit.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use crate::feed::Wake;
use crate::postgres::PostgresDb;
use crate::sqlite::SqliteDb;
use crate::{Backend, Result, Stamp};

/// The time of day, not of the transaction's begin.
const NOW: &str = "select clock_timestamp()";

type Handle = Backend<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>;

/// An open transaction; dropping it rolls it back.
pub struct Tx {
    handle: Handle,
    wake: Wake,
    published: Option<i64>,
}

impl Tx {
    pub(crate) async fn begin(db: &Backend<SqliteDb, PostgresDb>, wake: Wake) -> Result<Self> {
        // SQLite: taking the write lock at once means never failing half way to upgrade to it.
        let handle = match db {
            Backend::Sqlite(db) => {
                Backend::Sqlite(db.writer().begin_with("begin immediate").await?)
            }
            Backend::Postgres(db) => Backend::Postgres(db.pool().begin().await?),
        };
        Ok(Self::new(handle, wake))
    }

    pub(crate) async fn read(db: &Backend<SqliteDb, PostgresDb>, wake: Wake) -> Result<Self> {
        let snapshot = "begin isolation level repeatable read read only";
        let handle = match db {
            Backend::Sqlite(db) => Backend::Sqlite(db.readers().begin().await?),
            Backend::Postgres(db) => Backend::Postgres(db.pool().begin_with(snapshot).await?),
        };
        Ok(Self::new(handle, wake))
    }

    fn new(handle: Handle, wake: Wake) -> Self {
        Self {
            handle,
            wake,
            published: None,
        }
    }

    /// The connection to run statements on, for [`each!`](crate::each).
    pub fn on(&mut self) -> Backend<&mut SqliteConnection, &mut PgConnection> {
        match &mut self.handle {
            Backend::Sqlite(tx) => Backend::Sqlite(tx),
            Backend::Postgres(tx) => Backend::Postgres(tx),
        }
    }

    /// What the database's clock says: the one clock that all replicas share.
    pub async fn now(&mut self) -> Result<DateTime<Utc>> {
        Ok(match self.on() {
            // SQLite runs in this process.
            Backend::Sqlite(_) => Utc::now(),
            Backend::Postgres(on) => {
                let now: Stamp = sqlx::query_scalar(NOW).fetch_one(on).await?;
                now.into()
            }
        })
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.handle, Backend::Postgres(_))
    }

    /// Makes every change of the transaction durable and wakes the readers of the feed.
    pub async fn commit(self) -> Result<()> {
        match self.handle {
            Backend::Sqlite(tx) => tx.commit().await?,
            Backend::Postgres(tx) => tx.commit().await?,
        }
        if let Some(seq) = self.published {
            self.wake.advance(seq);
        }
        Ok(())
    }

    /// Undoes every change of the transaction.
    pub async fn rollback(self) -> Result<()> {
        match self.handle {
            Backend::Sqlite(tx) => tx.rollback().await?,
            Backend::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }

    pub(crate) fn has_published(&mut self, seq: i64) {
        self.published = Some(seq);
    }
}
