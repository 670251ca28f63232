//! The task that renews a lease, and says when it is lost.

use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;

use super::{LeaseTimes, sql};
use crate::{Db, Fence, Outage};

pub(super) struct Renewal {
    pub(super) db: Db,
    pub(super) fence: Fence,
    pub(super) times: LeaseTimes,
    pub(super) lost: CancellationToken,
}

impl Renewal {
    /// Runs until the lease is lost. `asked` is when it was asked for: from then on, by our own
    /// clock, it lasts at least as long as we count.
    pub(super) async fn run(self, asked: Instant) {
        self.keep(asked).await;
        tracing::warn!(
            lease = self.fence.key(),
            epoch = self.fence.epoch(),
            "the lease is lost"
        );
        self.lost.cancel();
    }

    async fn keep(&self, asked: Instant) {
        let mut outage = Outage::of("renewing a lease");
        let mut end = asked + self.times.lasts;
        let mut next = asked + self.times.renewed;
        loop {
            sleep_until(next.min(end)).await;
            let asked = Instant::now();
            if asked >= end {
                return;
            }
            let renewed = sql::renew(&self.db, &self.fence, self.times.lasts);
            match timeout_at(end, renewed).await {
                Ok(Ok(true)) => {
                    outage.over();
                    end = asked + self.times.lasts;
                    next = asked + self.times.renewed;
                }
                Ok(Ok(false)) | Err(_) => return,
                Ok(Err(error)) => next = Instant::now() + outage.failed(&error),
            }
        }
    }
}
