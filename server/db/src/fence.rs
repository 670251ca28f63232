//! The number that every write of a lease's holder checks, so that a holder that was stopped,
//! and does not know that its lease has passed on, changes nothing any more.

use crate::{DbError, Result, Tx, each};

const LEASE: &str = "select count(*) from leases where name = $1 and epoch = $2";
const JOB: &str = "select count(*) from jobs where id = $1 and epoch = $2 and state = 'running'";
/// PostgreSQL: until the transaction ends nobody else changes the row's epoch; the lease may be
/// renewed meanwhile. In SQLite the transaction is the only writer.
const LOCKED_LEASE: &str =
    "select count(*) from (select 1 from leases where name = $1 and epoch = $2 for key share) held";
const LOCKED_JOB: &str = "select count(*) from (select 1 from jobs where id = $1 and epoch = $2 \
                          and state = 'running' for key share) held";

/// A right to write, as long as nobody else has got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    subject: Subject,
    key: String,
    epoch: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Lease,
    Job,
}

impl Fence {
    pub(crate) fn of_lease(name: &str, epoch: i64) -> Self {
        Self {
            subject: Subject::Lease,
            key: name.to_owned(),
            epoch,
        }
    }

    pub(crate) fn of_job(id: &str, epoch: i64) -> Self {
        Self {
            subject: Subject::Job,
            key: id.to_owned(),
            epoch,
        }
    }

    /// The lease's name or the job's id.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Greater means later.
    #[must_use]
    pub fn epoch(&self) -> i64 {
        self.epoch
    }
}

impl Tx {
    /// Makes sure that the right is still there, and stays until this transaction ends. To be
    /// called before anything else is locked, the feed included.
    ///
    /// # Errors
    /// [`DbError::LeaseLost`] when somebody else has it.
    pub async fn check(&mut self, fence: &Fence) -> Result<()> {
        let sql = match (fence.subject, self.is_postgres()) {
            (Subject::Lease, false) => LEASE,
            (Subject::Lease, true) => LOCKED_LEASE,
            (Subject::Job, false) => JOB,
            (Subject::Job, true) => LOCKED_JOB,
        };
        let held: i64 = each!(self.on(), on => {
            sqlx::query_scalar(sql)
                .bind(&*fence.key)
                .bind(fence.epoch)
                .fetch_one(on)
                .await?
        });
        if held == 0 {
            return Err(DbError::LeaseLost);
        }
        Ok(())
    }
}
