//! The database: pool, migrations, and what differs between SQLite and PostgreSQL,
//! with what several features need and is built once: the change feed and the audit trail, which
//! every store writes besides its own rows, leases, and jobs. It knows no feature's tables.

pub mod audit;
mod backend;
mod error;
pub mod feed;
mod fence;
pub mod jobs;
pub mod lease;
mod migrate;
mod outage;
mod postgres;
mod sqlite;
mod stamp;
mod text;
mod tx;

use std::sync::Arc;

use sqlx::{PgPool, SqlitePool};

pub use backend::Backend;
pub use error::{DbError, Result};
pub use feed::Feed;
pub use fence::Fence;
pub use lease::{Lease, Leases};
pub use outage::Outage;
pub use stamp::Stamp;
pub use text::{from_json, storable, to_json};
pub use tx::Tx;

use feed::Wake;
use postgres::PostgresDb;
use sqlite::SqliteDb;

/// An open database with its schema up to date. Cheap to clone; all clones share the pools.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Backend<SqliteDb, PostgresDb>>,
    wake: Wake,
}

impl Db {
    /// Opens the database at `url`, creates it if it is a SQLite file that is not there yet
    /// (mode 0600, parent folders included), and applies the migrations that it lacks.
    ///
    /// `url` is `sqlite:path/to/file.db`, `sqlite::memory:` (gone when closed) or
    /// `postgres://user:password@host/name`.
    pub async fn connect(url: &str) -> Result<Self> {
        let wake = Wake::default();
        let inner = match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Backend::Sqlite(SqliteDb::open(url).await?),
            Some("postgres" | "postgresql") => {
                Backend::Postgres(PostgresDb::open(url, &wake).await?)
            }
            _ => return Err(DbError::unknown_url()),
        };
        let db = Self {
            inner: Arc::new(inner),
            wake,
        };
        let head = db.feed().head().await?;
        db.wake.advance(head);
        Ok(db)
    }

    /// Begins a transaction that writes. In SQLite it holds the write lock from the start.
    pub async fn begin(&self) -> Result<Tx> {
        Tx::begin(&self.inner, self.wake.clone()).await
    }

    /// Begins a transaction that only reads and sees one moment of the database throughout.
    pub async fn read(&self) -> Result<Tx> {
        Tx::read(&self.inner, self.wake.clone()).await
    }

    /// The pool for single reads.
    pub fn reader(&self) -> Backend<&SqlitePool, &PgPool> {
        match self.inner.as_ref() {
            Backend::Sqlite(db) => Backend::Sqlite(db.readers()),
            Backend::Postgres(db) => Backend::Postgres(db.pool()),
        }
    }

    /// The change feed.
    pub fn feed(&self) -> Feed {
        Feed::new(self.clone(), self.wake.clone())
    }

    /// Closes every connection after the statement it is running; later calls fail.
    pub async fn close(&self) {
        match self.inner.as_ref() {
            Backend::Sqlite(db) => db.close().await,
            Backend::Postgres(db) => db.close().await,
        }
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db").finish_non_exhaustive()
    }
}
