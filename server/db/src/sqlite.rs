//! SQLite: one file, one writer connection and a few readers that see the last commit.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::{DbError, Result, migrate};

/// How long a statement waits for a lock that another process holds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a caller waits for the writer or a reader before it is told to come back later.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(15);
const READERS: u32 = 4;

pub(crate) struct SqliteDb {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteDb {
    pub(crate) async fn open(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)
            .map_err(|error| DbError::open("its address is not a SQLite address", error))?;
        let in_memory = url.contains(":memory:");
        if !in_memory {
            create_private_file(options.get_filename())?;
        }
        let options = durable(options);
        let writer = pool(1)
            .connect_with(options.clone())
            .await
            .map_err(|error| DbError::open("the file cannot be opened as SQLite", error))?;
        migrate::sqlite()
            .run(&writer)
            .await
            .map_err(migrate::failed)?;
        let readers = if in_memory {
            writer.clone()
        } else {
            pool(READERS).connect_lazy_with(options.pragma("query_only", "on"))
        };
        Ok(Self { writer, readers })
    }

    pub(crate) fn writer(&self) -> &SqlitePool {
        &self.writer
    }

    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// The writer closes last: it is the one that may fold the log into the file.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn durable(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .row_buffer_size(1000)
}

/// Connections live as long as the pool: a database in memory lives in its connection, and to
/// reopen a file gains nothing.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// Creates the file before SQLite does, so that it and the logs beside it, which take its
/// permissions, are never readable by others. A file that is there keeps its permissions.
fn create_private_file(file: &Path) -> Result<()> {
    create_parent(file)
        .and_then(|()| private().open(file).map(drop))
        .map_err(|error| {
            let reason = format!("{} cannot be created or written: {error}", file.display());
            DbError::open(reason, error)
        })
}

fn create_parent(file: &Path) -> std::io::Result<()> {
    match file.parent() {
        Some(parent) if parent != PathBuf::new() => std::fs::create_dir_all(parent),
        _ => Ok(()),
    }
}

fn private() -> std::fs::OpenOptions {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
