//! Plain HTTP: one file from one address.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use reqwest::{
    Client, Response, StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{
        ETAG, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
        RETRY_AFTER,
    },
    redirect::Policy,
};
use url::{Host, Url};

use crate::{
    Allowed, Answer, Content, ReadError,
    allow::Reach,
    space::{is_link_local, is_public},
};

/// For everything together: connection, redirects, body.
const TIME: Duration = Duration::from_secs(20);
const CONNECT: Duration = Duration::from_secs(5);
/// How often an address may lead on to another.
const REDIRECTS: usize = 5;

/// Reads from hosts that are only hosts.
pub(crate) struct Site {
    client: Client,
    allowed: Arc<Allowed>,
}

impl Site {
    pub(crate) fn new(allowed: Arc<Allowed>) -> reqwest::Result<Self> {
        let client = Client::builder()
            .tls_backend_preconfigured(tls())
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .dns_resolver(Arc::new(Guarded(Arc::clone(&allowed))))
            .user_agent(crate::github::AGENT)
            .build()?;
        Ok(Self { client, allowed })
    }

    pub(crate) async fn read(
        &self,
        address: &Url,
        known: Option<&str>,
        limit: usize,
    ) -> Result<Answer<Content>, ReadError> {
        tokio::time::timeout(TIME, self.follow(address.clone(), known, limit))
            .await
            .unwrap_or(Err(ReadError::Timeout))
    }

    async fn follow(
        &self,
        mut address: Url,
        known: Option<&str>,
        limit: usize,
    ) -> Result<Answer<Content>, ReadError> {
        for _ in 0..=REDIRECTS {
            let reach = self.allowed.check(&address)?;
            check_literal(&address, reach)?;
            let request = self.client.get(address.clone()).headers(conditions(known));
            let response = request.send().await.map_err(|error| in_words(&error))?;
            match next(&response, &address)? {
                Some(onward) => address = onward,
                None => return answer(response, limit).await,
            }
        }
        Err(ReadError::Redirects)
    }
}

/// The certificates that the operating system trusts, and the cryptography of the rest of the
/// portal.
fn tls() -> rustls::ClientConfig {
    let mut roots = rustls::RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap_or_else(|_| unreachable!("the provider has the versions that it is asked for"))
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// Names are looked up by the system; what leads into a network of one's own is left out, unless
/// the configuration names the host.
struct Guarded(Arc<Allowed>);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().trim_end_matches('.').to_ascii_lowercase();
        let may_be_private = self.0.names(&host);
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let fit = |address: &SocketAddr| {
                is_public(address.ip()) || (may_be_private && !is_link_local(address.ip()))
            };
            let fitting: Vec<SocketAddr> = found.filter(fit).collect();
            if fitting.is_empty() {
                return Err(Box::new(ReadError::Private(host)) as _);
            }
            Ok(Box::new(fitting.into_iter()) as Addrs)
        })
    }
}

/// An address in numbers never reaches the resolver.
fn check_literal(address: &Url, reach: Reach) -> Result<(), ReadError> {
    let literal = match address.host() {
        Some(Host::Ipv4(literal)) => literal.into(),
        Some(Host::Ipv6(literal)) => literal.into(),
        _ => return Ok(()),
    };
    if is_public(literal) || (reach == Reach::Anywhere && !is_link_local(literal)) {
        return Ok(());
    }
    Err(ReadError::Private(literal.to_string()))
}

/// A validator is an entity tag, or a date with `date:` in front.
fn conditions(known: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Some(known) = known {
        let (name, value) = match known.strip_prefix("date:") {
            Some(date) => (IF_MODIFIED_SINCE, date),
            None => (IF_NONE_MATCH, known),
        };
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    headers
}

fn next(response: &Response, from: &Url) -> Result<Option<Url>, ReadError> {
    if !response.status().is_redirection() || response.status() == StatusCode::NOT_MODIFIED {
        return Ok(None);
    }
    let to = response.headers().get(LOCATION);
    let to = to.and_then(|to| from.join(to.to_str().ok()?).ok());
    to.map(Some)
        .ok_or_else(|| ReadError::Answer("a redirect to nowhere".to_owned()))
}

async fn answer(mut response: Response, limit: usize) -> Result<Answer<Content>, ReadError> {
    match response.status() {
        StatusCode::NOT_MODIFIED => return Ok(Answer::Unchanged),
        StatusCode::OK => {}
        status => return Err(refusal(status, response.headers(), response.url())),
    }
    let text = |name| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
    let validator = text(ETAG).or_else(|| Some(format!("date:{}", text(LAST_MODIFIED)?)));
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| in_words(&error))? {
        if bytes.len() + chunk.len() > limit {
            return Err(ReadError::TooLarge(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    let value = Content {
        bytes,
        commit: None,
    };
    Ok(Answer::New { value, validator })
}

fn refusal(status: StatusCode, headers: &HeaderMap, address: &Url) -> ReadError {
    match status.as_u16() {
        404 | 410 => ReadError::Missing,
        429 => ReadError::RateLimited {
            host: address.host_str().unwrap_or_default().to_owned(),
            until: crate::github::after(headers.get(RETRY_AFTER), Duration::from_secs(60)),
        },
        status @ (401 | 403) => ReadError::Refused(status),
        status => ReadError::Status(status),
    }
}

/// The innermost cause says what happened; the outer ones repeat the address.
fn in_words(error: &reqwest::Error) -> ReadError {
    if error.is_timeout() {
        return ReadError::Timeout;
    }
    let mut cause: &dyn std::error::Error = error;
    loop {
        if let Some(own) = cause.downcast_ref::<ReadError>() {
            return own.clone();
        }
        match cause.source() {
            Some(source) => cause = source,
            None => break,
        }
    }
    let text = cause.to_string();
    if error.is_body() || error.is_decode() {
        ReadError::Answer(text)
    } else {
        ReadError::Unreachable(text)
    }
}
