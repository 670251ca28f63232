//! What the catalog has besides its configuration and its files: locations that were added, and
//! the web. One task reads the web, one follows what other replicas say about both.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use arc_swap::ArcSwap;
use chrono::Utc;
use db::{
    Outage, Result,
    audit::Cause,
    feed::{Event, changed_or_after},
};
use futures::{StreamExt, stream::FuturesUnordered};
use integrations::{NoReader, UrlReader};
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};
use url::Url;

use super::Shared;
use crate::{
    config::{CatalogConfig, ConfiguredLocation, Standing},
    ingest::Beginning,
    source::Web,
    store::{AddedLocation, LOCATION_TOPIC, LocationStore, RENEWAL_TOPIC, StoredProblem},
};

/// Pages that are read at once.
const AT_ONCE: usize = 16;
/// Events a reading of the feed.
const EVENTS: u32 = 1_000;

/// Who reads the web, and who keeps what was added.
#[derive(Clone)]
pub struct Sources {
    /// Reads addresses.
    pub reader: Arc<dyn UrlReader>,
    /// Keeps locations; without it there are those of the configuration alone.
    pub locations: Option<Arc<dyn LocationStore>>,
}

impl Sources {
    /// Files alone.
    #[must_use]
    pub fn files() -> Self {
        Self {
            reader: Arc::new(NoReader),
            locations: None,
        }
    }
}

/// What is outside.
pub(super) struct Outside {
    configured: Vec<ConfiguredLocation>,
    pub(super) web: Arc<Web>,
    pub(super) locations: Option<Arc<dyn LocationStore>>,
    added: ArcSwap<Vec<AddedLocation>>,
    /// What is wrong with providers, by their names.
    problems: Mutex<Vec<(String, StoredProblem)>>,
    /// Woken when the list of an organisation's repositories has changed; by `host/organisation`.
    listings: Mutex<HashMap<String, Arc<Notify>>>,
}

impl Outside {
    pub(super) async fn new(config: &CatalogConfig, sources: Sources) -> Result<Self> {
        let added = match &sources.locations {
            Some(store) => {
                let providers: Vec<String> =
                    config.github.iter().map(|own| own.id.clone()).collect();
                let cause = Cause::new("system:configuration", Utc::now());
                store.retain_providers(&cause, &providers).await?;
                store.all().await?
            }
            None => Vec::new(),
        };
        Ok(Self {
            configured: config.locations.clone(),
            web: Arc::new(Web::new(sources.reader, config.processing_interval)),
            locations: sources.locations,
            added: ArcSwap::from_pointee(added),
            problems: Mutex::default(),
            listings: Mutex::default(),
        })
    }

    /// Every location that was added, oldest first.
    pub(super) fn added(&self) -> Arc<Vec<AddedLocation>> {
        self.added.load_full()
    }

    /// Where the next pass begins.
    pub(super) fn begin(&self) -> Beginning {
        let added = self.added();
        let added = added.iter().map(|added| ConfiguredLocation {
            location: added.location.clone(),
            is_optional: added.is_optional,
            standing: match added.provider {
                Some(_) => Standing::Discovered,
                None => Standing::Registered,
            },
        });
        let problems = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
        Beginning {
            locations: self.configured.iter().cloned().chain(added).collect(),
            problems: problems
                .iter()
                .map(|(_, problem)| problem.clone())
                .collect(),
        }
    }

    /// Takes note of what is wrong with a provider, or that nothing is any more.
    pub(super) fn note(&self, provider: &str, problem: Option<StoredProblem>) {
        let mut problems = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
        problems.retain(|(known, _)| known != provider);
        problems.extend(problem.map(|problem| (provider.to_owned(), problem)));
    }

    /// What is woken when the list of an organisation's repositories has changed.
    pub(super) fn listings(&self, host: &str, organization: &str) -> Arc<Notify> {
        let key = format!("{host}/{organization}").to_ascii_lowercase();
        let mut listings = self.listings.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(listings.entry(key).or_default())
    }

    /// Looks at the store for what was added.
    pub(super) async fn reload(&self) -> Result<()> {
        if let Some(store) = &self.locations {
            self.added.store(Arc::new(store.all().await?));
        }
        Ok(())
    }

    /// Has pages read again: locations, or all of a repository on a host; or the list of an
    /// organisation's repositories.
    pub(super) fn renew(&self, sources: &HashSet<String>) {
        let listings = self.listings.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, listing) in listings.iter().filter(|(key, _)| sources.contains(*key)) {
            listing.notify_one();
        }
        drop(listings);
        self.web.renew(|address| {
            let location = format!("url:{address}");
            sources.contains(&location)
                || repository_of(address).is_some_and(|own| sources.contains(&own))
        });
    }
}

/// `host/owner/repository` in lower case.
fn repository_of(address: &Url) -> Option<String> {
    let host = address.host_str()?;
    let port = address
        .port()
        .map_or_else(String::new, |port| format!(":{port}"));
    let mut parts = address.path_segments()?;
    let (owner, repository) = (parts.next()?, parts.next()?);
    Some(format!("{host}{port}/{owner}/{repository}").to_ascii_lowercase())
}

/// Reads what passes want, until the service stops.
pub(super) async fn read(shared: Arc<Shared>) {
    let web = &shared.outside.web;
    let mut reading = FuturesUnordered::new();
    loop {
        let free = AT_ONCE.saturating_sub(reading.len());
        reading.extend(web.take_due(free).into_iter().map(|due| web.fetch(due)));
        let next = web.next_due().map(Instant::from_std);
        let later = async {
            match next {
                // What is due already waits for one of those that are being read.
                Some(next) if free > 0 => sleep_until(next).await,
                _ => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = shared.stopped() => return,
            Some(is_change) = reading.next(), if !reading.is_empty() => {
                if is_change || !web.is_waiting() {
                    shared.changed.notify_one();
                }
            }
            () = web.wanted.notified() => {}
            () = later => {}
        }
    }
}

/// Follows what this and other replicas say about locations and sources, until the service stops.
pub(super) async fn follow(shared: Arc<Shared>, mut seq: i64) {
    let mut head = shared.feed.watch();
    let mut outage = Outage::of("following what is said about sources");
    loop {
        head.mark_unchanged();
        let reached = catch_up(&shared, seq).await;
        let wait = outage.noted(reached.map(|reached| seq = reached));
        tokio::select! {
            biased;
            () = shared.stopped() => return,
            is_open = changed_or_after(&mut head, wait) => if !is_open { return },
        }
    }
}

async fn catch_up(shared: &Shared, mut seq: i64) -> Result<i64> {
    loop {
        let events = shared.feed.since(seq, EVENTS).await?;
        let Some(last) = events.last() else {
            return Ok(seq);
        };
        let reached = last.seq;
        take(shared, &events).await?;
        seq = reached;
    }
}

async fn take(shared: &Shared, events: &[Event]) -> Result<()> {
    let of = |topic: &'static str| events.iter().filter(move |event| event.topic == topic);
    if of(LOCATION_TOPIC).next().is_some() {
        shared.outside.reload().await?;
        shared.changed.notify_one();
    }
    let renewed: HashSet<String> = of(RENEWAL_TOPIC).map(|event| event.key.clone()).collect();
    if !renewed.is_empty() {
        shared.outside.renew(&renewed);
        shared.changed.notify_one();
    }
    Ok(())
}
