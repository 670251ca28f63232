//! PostgreSQL: a pool, and a task that hears when another replica has committed.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgPool};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

use crate::feed::{self, Wake};
use crate::{DbError, Outage, Result, migrate};

/// How long the server may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a caller waits for a connection before it is told to come back later.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the migrations may take, waiting for another replica's included.
const MIGRATION_TIMEOUT: Duration = Duration::from_secs(600);
/// How often the feed's head is read in case a notification was lost.
const POLL: Duration = Duration::from_secs(5);
const CONNECTIONS: u32 = 16;
/// A process that is stopped or cut off in a transaction keeps its locks, the feed's perhaps, for
/// no longer than its leases last: nobody waits for its next word after that.
const SERVER_LIMITS: [(&str, &str); 3] = [
    ("statement_timeout", "30s"),
    ("lock_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "5s"),
];

pub(crate) struct PostgresDb {
    pool: PgPool,
    listener: AbortHandle,
}

impl PostgresDb {
    pub(crate) async fn open(url: &str, wake: &Wake) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|error| DbError::open("its address is not a PostgreSQL address", error))?
            .application_name("perilune");
        migrate(&options).await?;
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options.options(SERVER_LIMITS))
            .await?;
        let listener = tokio::spawn(hear(pool.clone(), wake.clone())).abort_handle();
        Ok(Self { pool, listener })
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub(crate) async fn close(&self) {
        self.listener.abort();
        self.pool.close().await;
    }
}

impl Drop for PostgresDb {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

/// On a connection of its own, without the statement limits: building an index takes its time.
async fn migrate(options: &PgConnectOptions) -> Result<()> {
    let unreachable = "PostgreSQL cannot be reached at the configured address; is it running, \
                       are user, password and database name right";
    let mut connection = timeout(CONNECT_TIMEOUT, options.connect())
        .await
        .map_err(|elapsed| DbError::open(unreachable, elapsed))?
        .map_err(|error| DbError::open(unreachable, error))?;
    timeout(
        MIGRATION_TIMEOUT,
        migrate::postgres().run_direct(None, &mut connection, false),
    )
    .await
    .map_err(|elapsed| DbError::open("the migrations took too long", elapsed))?
    .map_err(migrate::failed)?;
    connection.close().await?;
    Ok(())
}

/// Advances `wake` on every notification until the pool closes, reconnecting as needed.
async fn hear(pool: PgPool, wake: Wake) {
    let mut outage = Outage::of("hearing of other replicas' changes");
    while !pool.is_closed() {
        if let Err(error) = listen(&pool, &wake, &mut outage).await
            && !pool.is_closed()
        {
            sleep(outage.failed(&error)).await;
        }
    }
}

async fn listen(pool: &PgPool, wake: &Wake, outage: &mut Outage) -> Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(feed::CHANNEL).await?;
    loop {
        // Read on connecting and after silence: what was sent in between is not sent again.
        wake.advance(feed::head_of(pool).await?);
        outage.over();
        while let Ok(heard) = timeout(POLL, listener.try_recv()).await {
            match heard?.and_then(|notice| notice.payload().parse().ok()) {
                Some(seq) => wake.advance(seq),
                None => break,
            }
        }
    }
}
