//! What a lease does in the database.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::renewal::Renewal;
use super::{LEASE_TOPIC, Lease, LeaseTimes, Leases};
use crate::feed::Change;
use crate::{Db, Fence, Result, Stamp, each};

const EXPIRY: &str = "select expires_at from leases where name = $1";
/// The condition is looked at again: somebody else may have been faster.
const TAKE: &str = "insert into leases (name, holder, epoch, expires_at) values ($1, $2, 1, $3) \
                    on conflict (name) do update set holder = excluded.holder, \
                    epoch = leases.epoch + 1, expires_at = excluded.expires_at \
                    where leases.expires_at <= $4 returning epoch";
/// Also after its expiry: while the epoch is the same, nobody else has held it.
const RENEW: &str = "update leases set expires_at = $3 \
                     where name = $1 and epoch = $2 and holder <> ''";
/// Without a holder, so that a renewal that was on its way cannot undo it.
const RELEASE: &str = "update leases set expires_at = $3, holder = '' \
                       where name = $1 and epoch = $2 and holder <> ''";

/// What became of an attempt to take a lease.
pub(super) enum Attempt {
    Ours(Lease),
    /// Somebody has it for this much longer, unless it is renewed.
    Taken {
        left: Duration,
    },
}

impl Leases {
    pub(super) async fn attempt(&self, name: &str) -> Result<Attempt> {
        let LeaseTimes { lasts, .. } = self.times;
        if let Some(left) = self.left(name).await? {
            return Ok(Attempt::Taken { left });
        }
        let asked = Instant::now();
        let mut tx = self.db.begin().await?;
        let now = tx.now().await?;
        let epoch: Option<i64> = each!(tx.on(), on => {
            sqlx::query_scalar(TAKE)
                .bind(name)
                .bind(&*self.holder)
                .bind(Stamp::from(now + lasts))
                .bind(Stamp::from(now))
                .fetch_optional(on)
                .await?
        });
        tx.commit().await?;
        Ok(match epoch {
            Some(epoch) => Attempt::Ours(self.lease(Fence::of_lease(name, epoch), asked)),
            None => Attempt::Taken { left: lasts },
        })
    }

    /// How long somebody has the lease; `None` when it is free. Reads without waiting for
    /// whoever writes under the lease.
    async fn left(&self, name: &str) -> Result<Option<Duration>> {
        let mut tx = self.db.read().await?;
        let now = tx.now().await?;
        let expiry: Option<Stamp> = each!(tx.on(), on => {
            sqlx::query_scalar(EXPIRY).bind(name).fetch_optional(on).await?
        });
        tx.rollback().await?;
        let left = expiry.map(|expiry| DateTime::<Utc>::from(expiry) - now);
        Ok(left.filter(|left| *left > TimeDelta::zero()).map(duration))
    }

    fn lease(&self, fence: Fence, asked: Instant) -> Lease {
        let lost = CancellationToken::new();
        let renewal = Renewal {
            db: self.db.clone(),
            fence: fence.clone(),
            times: self.times,
            lost: lost.clone(),
        };
        Lease {
            db: self.db.clone(),
            holder: self.holder.clone(),
            fence,
            lost,
            renewal: AbortOnDropHandle::new(tokio::spawn(renewal.run(asked))),
        }
    }
}

impl Lease {
    pub(super) async fn give_up(&self) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let now = tx.now().await?;
        let released = each!(tx.on(), on => {
            sqlx::query(RELEASE)
                .bind(self.fence.key())
                .bind(self.fence.epoch())
                .bind(Stamp::from(now))
                .execute(on)
                .await?
                .rows_affected()
        });
        if released > 0 {
            let free = Change {
                topic: LEASE_TOPIC.to_owned(),
                key: self.fence.key().to_owned(),
                payload: "null".to_owned(),
            };
            tx.publish(now, &[free]).await?;
        }
        tx.commit().await
    }
}

/// Makes a lease last `lasts` from now on; whether it is still there.
pub(super) async fn renew(db: &Db, fence: &Fence, lasts: Duration) -> Result<bool> {
    let mut tx = db.begin().await?;
    let now = tx.now().await?;
    let renewed = each!(tx.on(), on => {
        sqlx::query(RENEW)
            .bind(fence.key())
            .bind(fence.epoch())
            .bind(Stamp::from(now + lasts))
            .execute(on)
            .await?
            .rows_affected()
    });
    tx.commit().await?;
    Ok(renewed > 0)
}

fn duration(delta: TimeDelta) -> Duration {
    delta.to_std().unwrap_or_default()
}
