//! `POST /api/events/http/github`: GitHub says that something has changed. It is believed by its
//! signature alone; what it says is only where to look.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use catalog::service::CatalogService;
use chrono::Utc;
use db::audit::Cause;
use hmac::{Hmac, KeyInit, Mac};
use integrations::Secret;
use serde::Deserialize;
use sha2::Sha256;
use url::Url;

use super::ApiError;
use super::table::{Route, Table};
use crate::error::database;

/// Deliveries that are remembered, to know those that come twice.
const REMEMBERED: usize = 2_000;

#[derive(Clone)]
struct Webhooks {
    catalog: CatalogService,
    secrets: Arc<[Secret]>,
    seen: Arc<Mutex<VecDeque<String>>>,
}

/// What is read of any event.
#[derive(Deserialize)]
struct Event {
    repository: Option<Repository>,
    organization: Option<Organization>,
    changes: Option<Changes>,
}

#[derive(Deserialize)]
struct Repository {
    html_url: String,
}

#[derive(Deserialize)]
struct Organization {
    login: String,
}

#[derive(Deserialize)]
struct Changes {
    repository: Option<RepositoryChange>,
}

#[derive(Deserialize)]
struct RepositoryChange {
    name: Option<From>,
}

#[derive(Deserialize)]
struct From {
    from: String,
}

pub(super) fn add(table: &mut Table, catalog: CatalogService, secrets: &[Secret]) {
    let webhooks = Webhooks {
        catalog,
        secrets: secrets.into(),
        seen: Arc::default(),
    };
    let route = Route::new(Method::POST, "/api/events/http/github");
    table.add(route.open().api(), receive, webhooks);
}

async fn receive(
    State(webhooks): State<Webhooks>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match webhooks.take(&headers, &body).await {
        Ok(status) => status.into_response(),
        Err(error) => error.answer(&method, &uri),
    }
}

impl Webhooks {
    async fn take(&self, headers: &HeaderMap, body: &[u8]) -> Result<StatusCode, ApiError> {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let signature = header("x-hub-signature-256").unwrap_or_default();
        if !self.is_signed(signature, body) {
            return Err(ApiError::not_allowed(
                "the webhook's signature is not valid",
            ));
        }
        let name = header("x-github-event");
        let name = name.ok_or_else(|| ApiError::input("the header X-GitHub-Event is missing"))?;
        let event: Event = serde_json::from_slice(body)
            .map_err(|error| ApiError::input(format!("the event cannot be read: {error}")))?;
        let delivery = header("x-github-delivery").unwrap_or_default();
        if self.has_seen(delivery) {
            return Ok(StatusCode::ACCEPTED);
        }
        let sources = self.concerned(name, &event);
        if !sources.is_empty() {
            let cause = Cause::new("system:webhook", Utc::now()).from(format!("github:{delivery}"));
            let renewed = self.catalog.renew(&cause, &sources).await;
            renewed.map_err(database)?;
        }
        self.remember(delivery);
        Ok(StatusCode::ACCEPTED)
    }

    fn is_signed(&self, signature: &str, body: &[u8]) -> bool {
        let Some(signature) = signature.strip_prefix("sha256=").and_then(from_hex) else {
            return false;
        };
        self.secrets.iter().any(|secret| {
            let mac = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes());
            mac.is_ok_and(|mac| mac.chain_update(body).verify_slice(&signature).is_ok())
        })
    }

    /// The sources that an event concerns, as [`CatalogService::renew`] names them.
    fn concerned(&self, name: &str, event: &Event) -> Vec<String> {
        let repository = event.repository.as_ref();
        let repository = repository.and_then(|own| Url::parse(&own.html_url).ok());
        match name {
            "push" => repository.iter().filter_map(place).collect(),
            "repository" => {
                let former = event.changes.as_ref().and_then(|changes| {
                    let name = changes.repository.as_ref()?.name.as_ref()?;
                    place(&repository.as_ref()?.join(&name.from).ok()?)
                });
                let own = repository.as_ref().and_then(place);
                let list = own.as_deref().and_then(|own| own.rsplit_once('/'));
                let list = list.map(|(organization, _)| organization.to_owned());
                [list, own.clone(), former].into_iter().flatten().collect()
            }
            "membership" | "team" | "organization" | "member" => {
                let orgs = self.catalog.config().github_orgs.iter();
                let own = event.organization.as_ref();
                orgs.filter(|org| {
                    own.is_some_and(|own| own.login.eq_ignore_ascii_case(&org.organization))
                })
                .map(|org| org.location.to_string())
                .collect()
            }
            _ => Vec::new(),
        }
    }

    fn has_seen(&self, delivery: &str) -> bool {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        !delivery.is_empty() && seen.iter().any(|known| known == delivery)
    }

    fn remember(&self, delivery: &str) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.push_back(delivery.to_owned());
        if seen.len() > REMEMBERED {
            seen.pop_front();
        }
    }
}

/// `host/owner/repository` in lower case.
fn place(address: &Url) -> Option<String> {
    let host = address.host_str()?;
    let port = address
        .port()
        .map_or_else(String::new, |port| format!(":{port}"));
    let path = address.path().trim_end_matches('/');
    Some(format!("{host}{port}{path}").to_ascii_lowercase())
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    let byte = |pair: &[u32]| match pair {
        [high, low] => u8::try_from(high * 16 + low).ok(),
        _ => None,
    };
    digits.chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_read_in_hex() {
        assert_eq!(from_hex("00ff1a"), Some(vec![0, 255, 26]));
        assert_eq!(from_hex("0"), None);
        assert_eq!(from_hex("zz"), None);
    }
}
