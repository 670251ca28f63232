//! How a task of the background bears with a database that is away: it says so once, asks again
//! ever more slowly, and says when it is over.

use std::time::Duration;

use crate::{DbError, Result};

const FIRST: Duration = Duration::from_millis(200);
const LONGEST: Duration = Duration::from_secs(5);

/// What a task remembers from one failure to the next.
#[derive(Debug)]
pub struct Outage {
    what: &'static str,
    failures: u32,
}

impl Outage {
    /// `what` cannot be done during an outage, as the log is to say.
    #[must_use]
    pub fn of(what: &'static str) -> Self {
        Self { what, failures: 0 }
    }

    /// Takes note of a failure, and says how long to wait before the next attempt. Only the first
    /// one in a row is logged.
    pub fn failed(&mut self, error: &DbError) -> Duration {
        if self.failures == 0 {
            let cause = std::error::Error::source(error).map(ToString::to_string);
            tracing::error!(%error, cause, "{} is interrupted", self.what);
        }
        let wait = FIRST.saturating_mul(1 << self.failures.min(5)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        wait
    }

    /// Takes note of how an attempt went; after a failure, how long to wait before the next.
    pub fn noted(&mut self, attempt: Result<()>) -> Option<Duration> {
        match attempt {
            Ok(()) => {
                self.over();
                None
            }
            Err(error) => Some(self.failed(&error)),
        }
    }

    /// Takes note of a success.
    pub fn over(&mut self) {
        if std::mem::take(&mut self.failures) > 0 {
            tracing::info!("{} goes on", self.what);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_to_a_bound_and_begins_anew_after_a_success() {
        let mut outage = Outage::of("a test");
        let waits: Vec<_> = (0..40).map(|_| outage.failed(&DbError::NotFound)).collect();
        assert!(waits.is_sorted());
        assert_eq!(waits.first(), Some(&FIRST));
        assert_eq!(waits.last(), Some(&LONGEST));
        outage.over();
        assert_eq!(outage.failed(&DbError::NotFound), FIRST);
    }
}
