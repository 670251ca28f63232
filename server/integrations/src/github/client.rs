//! One GitHub host: every request passes here, with its limits, its redirects and its cap.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ACCEPT, ETAG, IF_NONE_MATCH, LINK, LOCATION},
};
use http_body_util::{BodyExt, LengthLimitError, Limited, combinators::BoxBody};
use serde::{Serialize, de::DeserializeOwned};
use tokio::{sync::Semaphore, time::timeout};

use super::{
    GitHubIntegration, Limit,
    credentials::{Credentials, in_words},
    limits::Limits,
};
use crate::{Answer, ReadError};

/// Requests at once; GitHub counts more than a hundred as abuse, and wants few.
const AT_ONCE: usize = 8;
/// For one request, with its redirects and its body.
const TIME: Duration = Duration::from_secs(30);
/// Lists and trees; a tree of 100,000 files has 30 MB.
const MOST_JSON: usize = 48 << 20;
/// A renamed repository leads on once.
const REDIRECTS: usize = 3;
/// What GitHub says when it refuses.
const MOST_MESSAGE: usize = 64 << 10;
pub(super) const JSON: &str = "application/vnd.github+json";
pub(super) const RAW: &str = "application/vnd.github.raw+json";

/// A GitHub host that can be asked.
pub struct GitHub {
    pub(super) integration: GitHubIntegration,
    credentials: Credentials,
    limits: Limits,
    at_once: Semaphore,
    /// What lists said, by owner and path: GitHub does not count what has not changed.
    known: Mutex<HashMap<String, Known>>,
}

#[derive(Clone)]
struct Known {
    etag: String,
    /// What was kept of the answer, as JSON.
    kept: Vec<u8>,
    next: Option<String>,
}

/// The body of an answer of octocrab's.
type OctoBody = BoxBody<Bytes, octocrab::Error>;

/// A raw answer.
pub(super) struct Raw {
    pub(super) body: Vec<u8>,
    pub(super) etag: Option<String>,
    next: Option<String>,
}

impl GitHub {
    /// Makes ready to ask.
    ///
    /// # Errors
    /// In words, when a key or address of the configuration cannot be used.
    pub fn new(integration: GitHubIntegration) -> Result<Self, String> {
        Ok(Self {
            credentials: Credentials::new(&integration)?,
            integration,
            limits: Limits::default(),
            at_once: Semaphore::new(AT_ONCE),
            known: Mutex::default(),
        })
    }

    /// The host whose addresses it reads.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.integration.host
    }

    /// What is left of the limits of each of the portal's identities.
    #[must_use]
    pub fn limits(&self) -> Vec<(String, Limit)> {
        self.limits.all()
    }

    /// Asks for something of `owner`.
    pub(super) async fn get(
        &self,
        owner: &str,
        path: &str,
        accept: &'static str,
        known: Option<&str>,
        limit: usize,
    ) -> Result<Answer<Raw>, ReadError> {
        let _turn = self.at_once.acquire().await;
        timeout(TIME, self.follow(owner, path, accept, known, limit))
            .await
            .unwrap_or(Err(ReadError::Timeout))
    }

    /// A JSON answer of which `T` is kept; asked for conditionally.
    pub(super) async fn list<T: Serialize + DeserializeOwned>(
        &self,
        owner: &str,
        path: &str,
    ) -> Result<(T, Option<String>), ReadError> {
        let key = format!("{owner} {path}");
        let known = {
            let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            known.get(&key).cloned()
        };
        let etag = known.as_ref().map(|known| &*known.etag);
        match (self.get(owner, path, JSON, etag, MOST_JSON).await?, known) {
            (Answer::New { value, .. }, _) => {
                let kept: T = parse(&value.body)?;
                self.keep(key, &value, &kept);
                Ok((kept, value.next))
            }
            (Answer::Unchanged, Some(known)) => Ok((parse(&known.kept)?, known.next)),
            (Answer::Unchanged, None) => {
                Err(ReadError::Answer("unchanged, but never read".to_owned()))
            }
        }
    }

    /// All pages of a list.
    pub(super) async fn pages<T: Serialize + DeserializeOwned>(
        &self,
        owner: &str,
        path: &str,
    ) -> Result<Vec<T>, ReadError> {
        let mut all = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let (page, following): (Vec<T>, _) = self.list(owner, &path).await?;
            all.extend(page);
            next = following;
        }
        Ok(all)
    }

    fn keep<T: Serialize>(&self, key: String, answer: &Raw, value: &T) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match (&answer.etag, serde_json::to_vec(value)) {
            (Some(etag), Ok(kept)) => {
                let known_now = Known {
                    etag: etag.clone(),
                    kept,
                    next: answer.next.clone(),
                };
                known.insert(key, known_now);
            }
            _ => {
                known.remove(&key);
            }
        }
    }

    async fn follow(
        &self,
        owner: &str,
        path: &str,
        accept: &'static str,
        known: Option<&str>,
        limit: usize,
    ) -> Result<Answer<Raw>, ReadError> {
        let host = &self.integration.host;
        let identity = self.credentials.of(owner).await?;
        let mut path = path.to_owned();
        for _ in 0..=REDIRECTS {
            self.limits.check(host, &identity.name)?;
            let headers = headers(accept, known);
            let asked = identity.client._get_with_headers(&*path, Some(headers));
            let (head, body) = asked.await.map_err(|error| in_words(&error))?.into_parts();
            self.limits
                .note(host, &identity.name, head.status, &head.headers)?;
            match head.status {
                StatusCode::OK => {
                    let text = |name| Some(head.headers.get(name)?.to_str().ok()?.to_owned());
                    let raw = Raw {
                        body: read(body, limit).await?,
                        etag: text(ETAG),
                        next: self.next(&head.headers),
                    };
                    let validator = raw.etag.clone();
                    return Ok(Answer::New {
                        value: raw,
                        validator,
                    });
                }
                StatusCode::NOT_MODIFIED => return Ok(Answer::Unchanged),
                status if status.is_redirection() => {
                    let to = head.headers.get(LOCATION).and_then(|to| to.to_str().ok());
                    path = to
                        .and_then(|to| self.own_path(to))
                        .ok_or_else(|| ReadError::Answer("a redirect to elsewhere".to_owned()))?;
                }
                StatusCode::NOT_FOUND | StatusCode::GONE => return Err(ReadError::Missing),
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                    return Err(self.refusal(&identity.name, head.status, body).await);
                }
                status => return Err(ReadError::Status(status.as_u16())),
            }
        }
        Err(ReadError::Redirects)
    }

    /// A secondary limit may be told by the text alone.
    async fn refusal(&self, who: &str, status: StatusCode, body: OctoBody) -> ReadError {
        let text = read(body, MOST_MESSAGE).await.unwrap_or_default();
        if String::from_utf8_lossy(&text).contains("secondary rate limit") {
            return self.limits.pause(&self.integration.host, who);
        }
        ReadError::Refused(status.as_u16())
    }

    fn next(&self, headers: &HeaderMap) -> Option<String> {
        let links = headers.get(LINK)?.to_str().ok()?;
        let next = links
            .split(',')
            .find(|link| link.contains("rel=\"next\""))?;
        let address = next.split(['<', '>']).nth(1)?;
        self.own_path(address)
    }

    /// The path of an address of this host's interface: a token is never sent elsewhere.
    fn own_path(&self, address: &str) -> Option<String> {
        let base = self.integration.api.as_str().trim_end_matches('/');
        let path = address.strip_prefix(base).unwrap_or(address);
        path.starts_with('/').then(|| path.to_owned())
    }
}

fn headers(accept: &'static str, known: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    if let Some(known) = known.and_then(|known| HeaderValue::from_str(known).ok()) {
        headers.insert(IF_NONE_MATCH, known);
    }
    headers
}

async fn read(body: OctoBody, limit: usize) -> Result<Vec<u8>, ReadError> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes().to_vec()),
        Err(error) if error.downcast_ref::<LengthLimitError>().is_some() => {
            Err(ReadError::TooLarge(limit))
        }
        Err(error) => Err(ReadError::Answer(error.to_string())),
    }
}

pub(super) fn parse<T: DeserializeOwned>(json: &[u8]) -> Result<T, ReadError> {
    serde_json::from_slice(json).map_err(|error| ReadError::Answer(error.to_string()))
}
