//! Reads the configured locations again and again, whenever something may have changed, and
//! says what the catalog has to change. It writes nothing itself.

mod settling;
mod watch;

use std::{sync::Arc, time::Instant};

use model::catalog::EntityRef;
use tokio::sync::Notify;

use crate::{
    config::{CatalogConfig, ConfiguredLocation},
    process::{Owners, Reader, Sources, decide, survey},
    source::Web,
    store::{Batch, OriginProblems, StoredProblem},
};

use settling::Settling;
use watch::Watch;

/// What the reading side remembers from pass to pass.
pub(crate) struct Ingestion {
    config: Arc<CatalogConfig>,
    owners: Owners,
    reader: Reader,
    web: Arc<Web>,
    settling: Settling,
    watch: Option<Watch>,
    problems: Option<Vec<OriginProblems>>,
}

/// Where a pass begins.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beginning {
    /// The locations, in order.
    pub(crate) locations: Vec<ConfiguredLocation>,
    /// What is wrong with those who should have found some.
    pub(crate) problems: Vec<StoredProblem>,
}

/// What a pass has found.
pub(crate) struct Pass {
    /// What has to change.
    pub(crate) batch: Batch,
    /// Whether anything has to.
    pub(crate) is_change: bool,
    /// Whether another pass is due soon without anything further happening.
    pub(crate) is_unsettled: bool,
}

impl Ingestion {
    /// Begins with what the catalog holds. `changed` is woken by changes on disk.
    pub(crate) fn new(
        config: Arc<CatalogConfig>,
        web: Arc<Web>,
        owners: Owners,
        changed: Arc<Notify>,
    ) -> Self {
        Self {
            reader: Reader::new(config.kinds.clone()),
            config,
            web,
            owners,
            settling: Settling::default(),
            watch: Watch::start(changed),
            problems: None,
        }
    }

    /// One pass over everything. To be run on a deep stack, where blocking is allowed.
    pub(crate) fn pass(&mut self, begin: &Beginning) -> Pass {
        let sources = Sources {
            locations: &begin.locations,
            web: &self.web,
            problems: &begin.problems,
        };
        let survey = survey(&self.config, &sources, &self.owners, &mut self.reader);
        let found_more = self
            .watch
            .as_mut()
            .is_some_and(|watch| watch.follow(survey.directories(), survey.other_files()));
        let mut batch = decide(&survey, &self.owners, self.config.orphan_strategy);
        let is_waiting = self.settling.hold_back(&mut batch, Instant::now());
        Pass {
            is_change: self.is_change(&batch),
            batch,
            // What was created before its directory was watched has to be looked for.
            is_unsettled: is_waiting || found_more,
        }
    }

    /// Takes note that entities were deleted by somebody else.
    pub(crate) fn forget(&mut self, deleted: Vec<EntityRef>) {
        self.owners.apply(&Batch {
            deletes: deleted,
            ..Batch::default()
        });
    }

    /// Takes note that the changes of a pass were made.
    pub(crate) fn applied(&mut self, batch: Batch) {
        self.owners.apply(&batch);
        self.problems = Some(batch.problems);
    }

    /// Whether the batch says anything that was not written before.
    fn is_change(&self, batch: &Batch) -> bool {
        let is_same = self.problems.as_ref() == Some(&batch.problems);
        !(is_same && batch.puts.is_empty() && batch.deletes.is_empty() && batch.orphans.is_empty())
    }
}
