//! Leases: what only one replica may do at a time, one replica does, until it ends, releases the
//! lease, or is not heard of for a while.
//!
//! The database's clock decides when a lease has expired. A holder that was stopped may believe
//! in its lease for a moment longer: therefore every write checks the lease's [`Fence`] in its
//! own transaction.

mod renewal;
mod sql;

use std::time::Duration;

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::{Db, Fence, Outage, Result};

use sql::Attempt;

/// Topic of the feed: the lease whose name is the key is free.
pub const LEASE_TOPIC: &str = "leases";

/// Longest wait for news of a lease that others hold: its expiry is looked at by then.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
/// What is added to the time that a lease has left, so that it has expired by then.
const AFTER_EXPIRY: Duration = Duration::from_millis(50);
/// How long a release may take. Without it the lease expires.
const RELEASE: Duration = Duration::from_secs(2);

/// How long leases last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaseTimes {
    /// A lease that is not renewed for this long is free.
    pub lasts: Duration,
    /// How often a holder renews it.
    pub renewed: Duration,
}

impl LeaseTimes {
    /// Others take over within ten seconds, and three renewals may fail before they do.
    pub const USUAL: Self = Self {
        lasts: Duration::from_secs(10),
        renewed: Duration::from_secs(3),
    };
}

/// One candidate for leases, usually a process.
#[derive(Clone)]
pub struct Leases {
    db: Db,
    holder: String,
    times: LeaseTimes,
}

impl Db {
    /// A candidate for leases, unlike any other.
    #[must_use]
    pub fn leases(&self) -> Leases {
        Leases {
            db: self.clone(),
            holder: new_holder(),
            times: LeaseTimes::USUAL,
        }
    }
}

impl Leases {
    /// The same with other times.
    #[must_use]
    pub fn lasting(mut self, times: LeaseTimes) -> Self {
        self.times = times;
        self
    }

    /// The candidate's name: host, process, and what sets it apart from earlier ones.
    #[must_use]
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// Waits until the lease is ours. A database that is away is waited for.
    pub async fn acquire(&self, name: &str) -> Lease {
        let mut outage = Outage::of("waiting for a lease");
        let mut news = self.db.feed().on(&[LEASE_TOPIC]);
        loop {
            let wait = match self.attempt(name).await {
                Ok(Attempt::Ours(lease)) => {
                    outage.over();
                    return lease;
                }
                Ok(Attempt::Taken { left }) => {
                    outage.over();
                    (left + AFTER_EXPIRY).min(LOOK_AGAIN)
                }
                Err(error) => outage.failed(&error),
            };
            // News, or none for so long: the lease has to be looked at.
            let _ = timeout(wait, news.next()).await;
        }
    }

    /// The lease, if nobody has it.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn try_acquire(&self, name: &str) -> Result<Option<Lease>> {
        Ok(match self.attempt(name).await? {
            Attempt::Ours(lease) => Some(lease),
            Attempt::Taken { .. } => None,
        })
    }
}

/// A lease that is ours, and is renewed as long as this value lives. Dropped without
/// [`release`](Self::release) it stays taken until it expires.
#[derive(Debug)]
pub struct Lease {
    db: Db,
    holder: String,
    fence: Fence,
    lost: CancellationToken,
    renewal: AbortOnDropHandle<()>,
}

impl Lease {
    /// What every write under this lease has to check.
    #[must_use]
    pub fn fence(&self) -> &Fence {
        &self.fence
    }

    /// Who holds it.
    #[must_use]
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// Cancelled when the lease has passed on, or may have: whatever has effects outside the
    /// database has to end.
    #[must_use]
    pub fn lost(&self) -> &CancellationToken {
        &self.lost
    }

    /// Gives it up, so that others need not wait for its end.
    pub async fn release(self) {
        self.renewal.abort();
        match timeout(RELEASE, self.give_up()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "a lease is left to expire"),
            Err(_elapsed) => tracing::warn!("a lease is left to expire: the database is away"),
        }
    }
}

fn new_holder() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host = match host.trim() {
        "" => "host",
        host => host,
    };
    let process = std::process::id();
    format!("{host}/{process}/{}", uuid::Uuid::new_v4().simple())
}
