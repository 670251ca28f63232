//! Hears of changes in the directories that matter. It says only that something may have
//! changed; what, the next pass finds out.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, ModifyKind},
};
use tokio::sync::Notify;

use crate::source::is_yaml;

/// Watches directories one by one, not whole trees: what is not read is not watched.
pub(super) struct Watch {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
    known: Arc<Mutex<Known>>,
    /// Whether the log says already that not everything is watched.
    has_warned: bool,
}

/// What the watcher's own thread shares with the passes.
#[derive(Default)]
struct Known {
    /// Files that count although they are not named like catalog files.
    others: BTreeSet<PathBuf>,
    /// Directories that were removed or renamed: the system watches them no more.
    lost: Vec<PathBuf>,
}

impl Watch {
    /// `None`, with a warning, where the system does not let us watch; then only the period of
    /// `catalog.processingInterval` finds changes.
    pub(super) fn start(changed: Arc<Notify>) -> Option<Self> {
        let known = Arc::new(Mutex::new(Known::default()));
        let shared = Arc::clone(&known);
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if locked(&shared).concerns_us(event) {
                changed.notify_one();
            }
        });
        match watcher {
            Ok(watcher) => Some(Self {
                watcher,
                watched: BTreeSet::new(),
                known,
                has_warned: false,
            }),
            Err(error) => {
                tracing::warn!(%error, "catalog files are not watched, only read periodically");
                None
            }
        }
    }

    /// Watches these directories and no others; says whether any of them is new.
    pub(super) fn follow(
        &mut self,
        directories: &BTreeSet<PathBuf>,
        others: &BTreeSet<PathBuf>,
    ) -> bool {
        self.forget_lost(others);
        let gone: Vec<PathBuf> = self.watched.difference(directories).cloned().collect();
        for directory in gone {
            self.forget(&directory);
        }
        let mut found_more = false;
        for directory in directories {
            found_more |= !self.watched.contains(directory) && self.add(directory);
        }
        found_more
    }

    fn add(&mut self, directory: &Path) -> bool {
        match self.watcher.watch(directory, RecursiveMode::NonRecursive) {
            Ok(()) => self.watched.insert(directory.to_owned()),
            Err(error) => {
                if !std::mem::replace(&mut self.has_warned, true) {
                    let directory = directory.display();
                    tracing::warn!(%error, %directory, "some catalog directories are not watched");
                }
                false
            }
        }
    }

    fn forget_lost(&mut self, others: &BTreeSet<PathBuf>) {
        let lost = {
            let mut known = locked(&self.known);
            if known.others != *others {
                known.others.clone_from(others);
            }
            std::mem::take(&mut known.lost)
        };
        for path in lost {
            let below: Vec<PathBuf> = self
                .watched
                .iter()
                .filter(|own| own.starts_with(&path))
                .cloned()
                .collect();
            for directory in below {
                self.forget(&directory);
            }
        }
    }

    fn forget(&mut self, directory: &Path) {
        // The system may have forgotten it already.
        let _ = self.watcher.unwatch(directory);
        self.watched.remove(directory);
    }
}

impl Known {
    fn concerns_us(&mut self, event: notify::Result<Event>) -> bool {
        let Ok(event) = event else { return true };
        if event.need_rescan() {
            return true;
        }
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)) => {
                event.paths.iter().any(|path| self.is_ours(path))
            }
            EventKind::Access(_) => false,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                self.lost.extend(event.paths);
                true
            }
            EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Other => true,
        }
    }

    /// Files that others write beside ours, such as a database, are not.
    fn is_ours(&self, path: &Path) -> bool {
        is_yaml(path) || self.others.contains(path) || path.is_dir()
    }
}

fn locked(known: &Mutex<Known>) -> MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}
