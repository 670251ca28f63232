//! Addresses on the web, as far as they have been read. A pass over the catalog's sources never
//! waits for the network: what is not here yet is noted as wanted, read beside it, and seen by
//! the next pass.

use std::{
    collections::HashMap,
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use integrations::{Answer, Commit, Content, NoReader, ReadError, UrlReader};
use model::catalog::scm::Scm;
use tokio::sync::Notify;
use url::Url;

use super::SourceError;
use crate::yaml::Limits;

/// When to ask again for what could not be read, if nothing else says so.
const RETRY: Duration = Duration::from_secs(60);

/// Everything that was read of the web, and what is still to be read.
pub struct Web {
    reader: Arc<dyn UrlReader>,
    /// How old a page may become.
    period: Option<Duration>,
    pages: Mutex<Pages>,
    /// Woken when something is wanted.
    pub(crate) wanted: Notify,
}

#[derive(Default)]
struct Pages {
    pages: HashMap<Url, Page>,
    pass: u64,
    version: u64,
}

/// One address.
struct Page {
    asks: Asks,
    state: State,
    validator: Option<String>,
    /// Another number for every other content.
    version: u64,
    /// When it is to be read again; `None` only when somebody says that it has changed.
    due: Option<Instant>,
    /// Whether it is being read.
    is_reading: bool,
    /// The last pass that asked for it.
    pass: u64,
}

/// What is asked of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    Content,
    /// The files that it stands for.
    Search,
}

enum State {
    Pending,
    Content(Arc<[u8]>, Option<Commit>),
    Files(Arc<[Url]>),
    /// Why it cannot be read, and when it last could.
    Bad(ReadError, Option<DateTime<Utc>>),
}

/// Who says that a page has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// Nobody: it is read again every period.
    Period,
    /// Whoever found it: the list of an organisation's repositories tells of every push.
    Announced,
}

/// The content of a page.
pub(crate) struct Text {
    pub(crate) bytes: Arc<[u8]>,
    /// The commit that it is of, where the host says so.
    pub(crate) commit: Option<Commit>,
    /// Another number for every other content.
    pub(crate) version: u64,
}

/// A page that is to be read now.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    address: Url,
    asks: Asks,
    validator: Option<String>,
}

enum Read {
    Content(Answer<Content>),
    Files(Answer<Vec<Url>>),
}

impl fmt::Debug for Web {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Web")
            .field("period", &self.period)
            .finish_non_exhaustive()
    }
}

impl Web {
    /// Nothing has been read yet.
    pub fn new(reader: Arc<dyn UrlReader>, period: Option<Duration>) -> Self {
        Self {
            reader,
            period,
            pages: Mutex::default(),
            wanted: Notify::new(),
        }
    }

    /// Where everything comes from files.
    #[must_use]
    pub fn nothing() -> Self {
        Self::new(Arc::new(NoReader), None)
    }

    /// What reads.
    pub(crate) fn reader(&self) -> &Arc<dyn UrlReader> {
        &self.reader
    }

    /// The kind of host that an address is on.
    pub(crate) fn scm(&self, address: &Url) -> Option<Scm> {
        self.reader.scm(address)
    }

    /// The content of a file.
    pub(crate) fn content(&self, address: &Url, renewal: Renewal) -> Result<Text, SourceError> {
        self.look(address, Asks::Content, renewal, |page| match &page.state {
            State::Content(bytes, commit) => Ok(Text {
                bytes: Arc::clone(bytes),
                commit: commit.clone(),
                version: page.version,
            }),
            other => Err(other.error()),
        })
    }

    /// The version of a file's content.
    pub(crate) fn version(&self, address: &Url, renewal: Renewal) -> Result<u64, SourceError> {
        self.look(address, Asks::Content, renewal, |page| match &page.state {
            State::Content(..) => Ok(page.version),
            other => Err(other.error()),
        })
    }

    /// The files that a pattern stands for.
    pub(crate) fn files(&self, pattern: &Url, renewal: Renewal) -> Result<Arc<[Url]>, SourceError> {
        self.look(pattern, Asks::Search, renewal, |page| match &page.state {
            State::Files(files) => Ok(Arc::clone(files)),
            other => Err(other.error()),
        })
    }

    fn look<T>(
        &self,
        address: &Url,
        asks: Asks,
        renewal: Renewal,
        found: impl FnOnce(&Page) -> Result<T, SourceError>,
    ) -> Result<T, SourceError> {
        let mut pages = self.lock();
        let pass = pages.pass;
        let page = pages
            .pages
            .entry(address.clone())
            .or_insert_with(|| Page::wanted(asks));
        page.pass = pass;
        if renewal == Renewal::Announced && !matches!(page.state, State::Pending | State::Bad(..)) {
            page.due = page.due.filter(|due| *due <= Instant::now());
        }
        found(page)
    }

    pub(crate) fn begin_pass(&self) {
        self.lock().pass += 1;
    }

    /// Forgets the pages that this pass did not ask for, and has what is wanted read.
    pub(crate) fn end_pass(&self) {
        let mut pages = self.lock();
        let pass = pages.pass;
        pages.pages.retain(|_, page| page.pass == pass);
        drop(pages);
        self.wanted.notify_one();
    }

    /// Whether there is something that has to be read before the catalog is complete.
    pub(crate) fn is_waiting(&self) -> bool {
        let now = Instant::now();
        let pages = self.lock();
        let mut pages = pages.pages.values();
        pages.any(|page| page.is_reading || page.is_due(now))
    }

    /// Has the pages read again for which `concerned` holds.
    pub(crate) fn renew(&self, concerned: impl Fn(&Url) -> bool) {
        let now = Instant::now();
        let mut pages = self.lock();
        for (address, page) in &mut pages.pages {
            // Whoever has to be left alone is, whoever asks.
            let is_limited = matches!(page.state, State::Bad(ReadError::RateLimited { .. }, _));
            if concerned(address) && !is_limited {
                page.due = Some(now);
            }
        }
        drop(pages);
        self.wanted.notify_one();
    }

    /// What is to be read now, at most `most` pages; what was read before comes first, since
    /// somebody may wait for it.
    pub(crate) fn take_due(&self, most: usize) -> Vec<Due> {
        let now = Instant::now();
        let mut pages = self.lock();
        let mut due: Vec<(&Url, &mut Page)> = pages
            .pages
            .iter_mut()
            .filter(|(_, page)| page.is_due(now) && !page.is_reading)
            .collect();
        due.sort_by_key(|(_, page)| matches!(page.state, State::Pending));
        let taken = due.into_iter().take(most).map(|(address, page)| {
            page.is_reading = true;
            page.due = None;
            Due {
                address: address.clone(),
                asks: page.asks,
                validator: page.validator.clone(),
            }
        });
        taken.collect()
    }

    /// When something will be due, if nothing is now.
    pub(crate) fn next_due(&self) -> Option<Instant> {
        let pages = self.lock();
        let idle = pages.pages.values().filter(|page| !page.is_reading);
        idle.filter_map(|page| page.due).min()
    }

    /// Reads one page, and says whether it is another now.
    pub(crate) async fn fetch(&self, due: Due) -> bool {
        let Due {
            address,
            asks,
            validator,
        } = due;
        let known = validator.as_deref();
        let read = match asks {
            Asks::Content => {
                let read = self.reader.read(&address, known, Limits::FILE_BYTES);
                read.await.map(Read::Content)
            }
            Asks::Search => self.reader.search(&address, known).await.map(Read::Files),
        };
        if let Err(error) = &read {
            tracing::warn!(%address, %error, "an address could not be read");
        }
        self.note(&address, read)
    }

    fn note(&self, address: &Url, read: Result<Read, ReadError>) -> bool {
        let mut pages = self.lock();
        pages.version += 1;
        let version = pages.version;
        // Nobody asks for it any more.
        let Some(page) = pages.pages.get_mut(address) else {
            return false;
        };
        page.is_reading = false;
        // Somebody said meanwhile that it has changed.
        let again = page.due.take();
        let (state, validator) = match read {
            Ok(Read::Content(Answer::New { value, validator })) => {
                (State::Content(value.bytes.into(), value.commit), validator)
            }
            Ok(Read::Files(Answer::New { value, validator })) => {
                (State::Files(value.into()), validator)
            }
            Ok(Read::Content(Answer::Unchanged) | Read::Files(Answer::Unchanged)) => {
                page.due = again.or_else(|| self.period.map(|period| later(address, period)));
                return false;
            }
            Err(error) => {
                page.due = Some(self.retry(address, &error));
                let last = page.last_good();
                let is_same = matches!(&page.state, State::Bad(known, _) if *known == error);
                page.validator = None;
                page.state = State::Bad(error, last);
                page.version = version;
                return !is_same;
            }
        };
        page.due = again.or_else(|| self.period.map(|period| later(address, period)));
        page.validator = validator;
        let is_same = page.state.is_same(&state);
        if !is_same {
            page.state = state;
            page.version = version;
        }
        !is_same
    }

    fn retry(&self, address: &Url, error: &ReadError) -> Instant {
        let wait = match error {
            ReadError::RateLimited { until, .. } => {
                let wait = until.signed_duration_since(Utc::now());
                wait.to_std().unwrap_or_default() + Duration::from_secs(1)
            }
            _ => self.period.map_or(RETRY, |period| period.min(RETRY)),
        };
        later(address, wait)
    }

    fn lock(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A period from now, and up to half of it more: pages that were read together are not always
/// asked for together.
fn later(address: &Url, period: Duration) -> Instant {
    let mut hasher = DefaultHasher::new();
    address.hash(&mut hasher);
    let share = u32::try_from(hasher.finish() % 512).unwrap_or_default();
    Instant::now() + period + period * share / 1_024
}

impl Page {
    fn wanted(asks: Asks) -> Self {
        Self {
            asks,
            state: State::Pending,
            validator: None,
            version: 0,
            due: Some(Instant::now()),
            is_reading: false,
            pass: 0,
        }
    }

    fn is_due(&self, now: Instant) -> bool {
        self.due.is_some_and(|due| due <= now)
    }

    fn last_good(&self) -> Option<DateTime<Utc>> {
        match &self.state {
            State::Pending => None,
            State::Content(..) | State::Files(_) => Some(Utc::now()),
            State::Bad(_, last) => *last,
        }
    }
}

impl State {
    fn error(&self) -> SourceError {
        match self {
            Self::Bad(error, last_good) => SourceError::Web {
                error: error.clone(),
                last_good: *last_good,
            },
            _ => SourceError::Pending,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Content(own, own_commit), Self::Content(other, commit)) => {
                own == other && own_commit == commit
            }
            (Self::Files(own), Self::Files(other)) => own == other,
            _ => false,
        }
    }
}
