//! What tells a changed file from an unchanged one without reading it.

use std::time::{Duration, SystemTime};

use cap_std::fs::{Metadata, MetadataExt};

/// File times advance in ticks of a few milliseconds: a file changed this shortly before it was
/// read may change again without a new time.
const SETTLED: Duration = Duration::from_millis(100);

/// A file's identity, size and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    device: u64,
    inode: u64,
    bytes: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            bytes: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    /// Whether an equal stamp at a later time proves that the content is the one of `read_at`.
    #[must_use]
    pub fn proves_content_of(&self, read_at: SystemTime) -> bool {
        let seconds = u64::try_from(self.changed.0).unwrap_or_default();
        let nanoseconds = u64::try_from(self.changed.1).unwrap_or_default();
        let age = Duration::from_secs(seconds) + Duration::from_nanos(nanoseconds);
        SystemTime::UNIX_EPOCH
            .checked_add(age + SETTLED)
            .is_some_and(|settled| settled <= read_at)
    }

    /// Device and inode: the same for every path to the same file.
    pub(super) fn identity(&self) -> (u64, u64) {
        (self.device, self.inode)
    }
}
