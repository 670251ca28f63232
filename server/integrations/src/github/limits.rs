//! GitHub's limits of requests, kept by who asks: a request that would be refused is not made.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::ReadError;

/// How long to leave GitHub alone when it says only that there was too much: what its own
/// documentation asks for.
const SECONDARY: Duration = Duration::from_secs(60);

/// What is left of a limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limit {
    /// Requests an hour.
    pub limit: u32,
    /// Requests that are left.
    pub remaining: u32,
    /// When all of them are there again.
    pub reset: Option<DateTime<Utc>>,
    /// Until when nothing is asked.
    pub paused: Option<DateTime<Utc>>,
}

/// The limits of each of the portal's identities on one host.
#[derive(Debug, Default)]
pub(super) struct Limits(Mutex<HashMap<String, Limit>>);

impl Limits {
    /// Whether an identity may ask now.
    pub(super) fn check(&self, host: &str, who: &str) -> Result<(), ReadError> {
        let limits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let paused = limits.get(who).and_then(|limit| limit.paused);
        match paused.filter(|until| *until > Utc::now()) {
            Some(until) => Err(limited(host, until)),
            None => Ok(()),
        }
    }

    /// Takes note of what an answer says, and whether it was a refusal for too many requests.
    pub(super) fn note(
        &self,
        host: &str,
        who: &str,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Result<(), ReadError> {
        let mut limits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let limit = limits.entry(who.to_owned()).or_default();
        let number = |name| headers.get(name)?.to_str().ok()?.parse::<i64>().ok();
        let short = |name| number(name).and_then(|number| u32::try_from(number).ok());
        if let (Some(most), Some(remaining)) =
            (short("x-ratelimit-limit"), short("x-ratelimit-remaining"))
        {
            limit.limit = most;
            limit.remaining = remaining;
            let reset = number("x-ratelimit-reset");
            limit.reset = reset.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        }
        let is_refusal = matches!(
            status,
            StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS
        );
        let until = match (is_refusal, headers.get("retry-after")) {
            (true, Some(wait)) => Some(after(Some(wait), SECONDARY)),
            (true, None) if short("x-ratelimit-remaining") == Some(0) => limit.reset,
            (true, None) if status == StatusCode::TOO_MANY_REQUESTS => Some(after(None, SECONDARY)),
            _ => None,
        };
        limit.paused = until;
        until.map_or(Ok(()), |until| Err(limited(host, until)))
    }

    /// Asks nothing for a while: too much was asked, by whatever measure.
    pub(super) fn pause(&self, host: &str, who: &str) -> ReadError {
        let until = after(None, SECONDARY);
        let mut limits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        limits.entry(who.to_owned()).or_default().paused = Some(until);
        limited(host, until)
    }

    pub(super) fn all(&self) -> Vec<(String, Limit)> {
        let limits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> = limits.clone().into_iter().collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }
}

fn limited(host: &str, until: DateTime<Utc>) -> ReadError {
    ReadError::RateLimited {
        host: host.to_owned(),
        until,
    }
}

/// The moment that a `Retry-After` header means: seconds or a date.
pub(crate) fn after(header: Option<&HeaderValue>, otherwise: Duration) -> DateTime<Utc> {
    let text = header.and_then(|value| value.to_str().ok());
    let date = text.and_then(|text| DateTime::parse_from_rfc2822(text).ok());
    if let Some(date) = date {
        return date.to_utc();
    }
    let seconds = text.and_then(|text| text.trim().parse::<u32>().ok());
    let wait = seconds.map_or(otherwise, |seconds| Duration::from_secs(seconds.into()));
    Utc::now() + TimeDelta::from_std(wait).unwrap_or_default()
}
