//! A running portal, asked for everything that it holds.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use catalog::check::{PortalAnswerError, PortalEntities};
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};

/// Where programs keep the token.
const TOKEN: &str = "PERILUNE_TOKEN";
/// The longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// The longest silence; a portal that has just started reads its files first.
const SILENCE: Duration = Duration::from_secs(30);
/// The largest answer: some 200,000 entities.
const MOST: usize = 512 * 1024 * 1024;

/// Where to ask, and as whom.
pub(super) struct Portal {
    address: Url,
    token: Option<String>,
}

/// Why a portal has not told what it holds.
#[derive(Debug, thiserror::Error)]
pub(super) enum AskError {
    #[error("{text} is no address of a portal: {reason}; expected https://portal.example.com")]
    Address { text: String, reason: String },
    #[error("the token cannot be read from {}: {reason}", path.display())]
    TokenFile {
        path: PathBuf,
        reason: std::io::Error,
    },
    #[error("the token from {from} is {what}")]
    Token { from: String, what: &'static str },
    #[error("{address} cannot be reached: {reason}")]
    Unreachable { address: Url, reason: String },
    #[error("{address} did not answer in time")]
    Late { address: Url },
    #[error("{address} wants to know who asks: put a token into {TOKEN} or name a --token-file")]
    WithoutToken { address: Url },
    #[error("{address} does not know the token ({TOKEN} or --token-file)")]
    UnknownToken { address: Url },
    #[error("{address} does not allow this token to read the catalog")]
    Forbidden { address: Url },
    #[error("{address} leads on to {to}; ask there")]
    Elsewhere { address: Url, to: String },
    #[error("{address} has no catalog: it answered {status}; is it the address of a portal?")]
    NoCatalog { address: Url, status: StatusCode },
    #[error("{address} answered {status}{said}")]
    Refused {
        address: Url,
        status: StatusCode,
        said: String,
    },
    #[error("the answer of {address} broke off: {reason}")]
    BrokenOff { address: Url, reason: String },
    #[error("the answer of {address} is larger than {} MiB", MOST / 1024 / 1024)]
    TooLarge { address: Url },
    #[error("the answer of {address} is {found}; is it the address of a portal?")]
    NoJson { address: Url, found: String },
    #[error("the answer of {address} cannot be understood: {reason}")]
    Rubbish {
        address: Url,
        reason: PortalAnswerError,
    },
    #[error("no request can be made: {0}")]
    Here(String),
}

impl Portal {
    /// The portal at an address; a token from a file counts before the one in the environment.
    pub(super) fn at(text: &str, token_file: Option<&Path>) -> Result<Self, AskError> {
        let wrong = |reason: &str| AskError::Address {
            text: text.to_owned(),
            reason: reason.to_owned(),
        };
        let mut address = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
        if !matches!(address.scheme(), "http" | "https") {
            return Err(wrong("its scheme is not http or https"));
        }
        if !address.username().is_empty() || address.password().is_some() {
            address = Url::parse("https://portal.example.com").map_err(|_| wrong("it is empty"))?;
            return Err(AskError::Address {
                text: "what follows --against".to_owned(),
                reason: format!("it has a password in it, which others may see, unlike {address}"),
            });
        }
        address.set_query(None);
        address.set_fragment(None);
        let token = match token_file {
            Some(path) => Some(read_token(path)?),
            None => from_environment(),
        };
        let from = || token_file.map_or(TOKEN.to_owned(), |path| path.display().to_string());
        if let Some(token) = &token {
            checked(token).map_err(|what| AskError::Token { from: from(), what })?;
        }
        Ok(Self { address, token })
    }

    /// As people know it.
    pub(super) fn address(&self) -> String {
        self.address.as_str().trim_end_matches('/').to_owned()
    }

    /// Everything that it holds.
    pub(super) fn entities(&self) -> Result<PortalEntities, AskError> {
        // Said once in a process; a second time says the same.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let here = |error: &dyn std::fmt::Display| AskError::Here(error.to_string());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| here(&error))?;
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .redirect(Policy::none())
            // Within one machine compressing takes longer than sending.
            .gzip(!self.is_here())
            .build()
            .map_err(|error| here(&chain(&error)))?;
        let answer = runtime.block_on(self.ask(&client))?;
        PortalEntities::read(&answer).map_err(|reason| AskError::Rubbish {
            address: self.address.clone(),
            reason,
        })
    }

    fn is_here(&self) -> bool {
        let host = self.address.host_str().unwrap_or_default();
        let ip = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
    }

    async fn ask(&self, client: &Client) -> Result<Vec<u8>, AskError> {
        let url = format!("{}/api/catalog/entities", self.address());
        let mut request = client.get(url);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let sent = request.send().await;
        let response = sent.map_err(|error| self.unreachable(&error))?;
        self.body(self.accepted(response).await?).await
    }

    fn unreachable(&self, error: &reqwest::Error) -> AskError {
        let address = self.address.clone();
        if error.is_timeout() {
            return AskError::Late { address };
        }
        let reason = chain(error);
        AskError::Unreachable { address, reason }
    }

    /// The response, if it is one with entities.
    async fn accepted(&self, response: Response) -> Result<Response, AskError> {
        let address = self.address.clone();
        let header = |name| {
            let value = response.headers().get(name);
            value
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        let status = response.status();
        match status {
            StatusCode::OK => {}
            StatusCode::UNAUTHORIZED if self.token.is_none() => {
                return Err(AskError::WithoutToken { address });
            }
            StatusCode::UNAUTHORIZED => return Err(AskError::UnknownToken { address }),
            StatusCode::FORBIDDEN => return Err(AskError::Forbidden { address }),
            StatusCode::NOT_FOUND => return Err(AskError::NoCatalog { address, status }),
            status if status.is_redirection() => {
                let to = header(LOCATION).to_owned();
                return Err(AskError::Elsewhere { address, to });
            }
            status => {
                let said = said(response).await;
                return Err(AskError::Refused {
                    address,
                    status,
                    said,
                });
            }
        }
        let found = header(CONTENT_TYPE);
        if !found.starts_with("application/json") {
            let found = if found.is_empty() { "no JSON" } else { found }.to_owned();
            return Err(AskError::NoJson { address, found });
        }
        Ok(response)
    }

    async fn body(&self, mut response: Response) -> Result<Vec<u8>, AskError> {
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => return Ok(body),
                Err(error) => {
                    return Err(AskError::BrokenOff {
                        address: self.address.clone(),
                        reason: chain(&error),
                    });
                }
            }
            if body.len() > MOST {
                let address = self.address.clone();
                return Err(AskError::TooLarge { address });
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a secret: as an argument, clap's or ours, others could see it"
)]
fn from_environment() -> Option<String> {
    let token = std::env::var(TOKEN).ok();
    token.filter(|token| !token.is_empty())
}

fn read_token(path: &Path) -> Result<String, AskError> {
    let text = std::fs::read_to_string(path).map_err(|reason| AskError::TokenFile {
        path: path.to_owned(),
        reason,
    })?;
    Ok(text.trim().to_owned())
}

fn checked(token: &str) -> Result<(), &'static str> {
    if token.is_empty() {
        return Err("empty");
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("not one word of ASCII letters, digits and signs");
    }
    Ok(())
}

/// What an error says of itself, in Backstage's shape; nothing else is worth repeating.
async fn said(mut response: Response) -> String {
    let first = response.chunk().await.ok().flatten().unwrap_or_default();
    let json: Option<serde_json::Value> = serde_json::from_slice(&first).ok();
    let message = json
        .as_ref()
        .and_then(|json| json.pointer("/error/message"));
    let message = message.and_then(serde_json::Value::as_str);
    message.map_or_else(String::new, |message| format!(": {message}"))
}

/// An error with its causes: the last of them says what happened.
fn chain(error: &dyn std::error::Error) -> String {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    causes.dedup();
    if causes.is_empty() {
        return error.to_string();
    }
    causes.join(": ")
}
