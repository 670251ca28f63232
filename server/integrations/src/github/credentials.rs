//! As whom the portal asks: an App's installation for the owner, a token, or nobody.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use octocrab::{Octocrab, auth::EncodingKey, models::InstallationId};
use serde::Deserialize;
use tokio::sync::Mutex;

use super::{GitHubApp, GitHubIntegration};
use crate::ReadError;

const CONNECT: Duration = Duration::from_secs(5);
const READ: Duration = Duration::from_secs(20);
/// How long an owner without an installation is believed to have none.
const ABSENT: Duration = Duration::from_secs(600);

/// Everybody that the portal can be on one host.
pub(super) struct Credentials {
    /// By token, or as nobody.
    token: Octocrab,
    has_token: bool,
    apps: Vec<(Octocrab, GitHubApp)>,
    installations: Mutex<HashMap<String, (Instant, Option<Octocrab>)>>,
}

/// A client, and the name under which its limit is kept.
pub(super) struct Identity {
    pub(super) client: Octocrab,
    pub(super) name: String,
}

#[derive(Deserialize)]
struct Installation {
    id: InstallationId,
}

impl Credentials {
    pub(super) fn new(integration: &GitHubIntegration) -> Result<Self, String> {
        let builder = || {
            Octocrab::builder()
                .base_uri(integration.api.as_str().trim_end_matches('/'))
                .map(|builder| {
                    builder
                        .set_connect_timeout(Some(CONNECT))
                        .set_read_timeout(Some(READ))
                })
                .map_err(|error| error.to_string())
        };
        let plain = match &integration.token {
            Some(token) => builder()?.personal_token(token.reveal().to_owned()).build(),
            None => builder()?.build(),
        };
        let mut apps = Vec::with_capacity(integration.apps.len());
        for app in &integration.apps {
            let key = app.private_key.reveal().as_bytes();
            let key = EncodingKey::from_rsa_pem(key)
                .map_err(|_| format!("the private key of app {} is no PEM", app.id))?;
            let client = builder()?.app(app.id, key).build();
            apps.push((client.map_err(|error| error.to_string())?, app.clone()));
        }
        Ok(Self {
            token: plain.map_err(|error| error.to_string())?,
            has_token: integration.token.is_some(),
            apps,
            installations: Mutex::default(),
        })
    }

    /// Who asks for something of this owner.
    pub(super) async fn of(&self, owner: &str) -> Result<Identity, ReadError> {
        if let Some(client) = self.installation(owner).await? {
            return Ok(Identity {
                client,
                name: format!("app for {owner}"),
            });
        }
        let name = if self.has_token { "token" } else { "nobody" };
        Ok(Identity {
            client: self.token.clone(),
            name: name.to_owned(),
        })
    }

    async fn installation(&self, owner: &str) -> Result<Option<Octocrab>, ReadError> {
        let key = owner.to_ascii_lowercase();
        let mut known = self.installations.lock().await;
        if let Some((since, client)) = known.get(&key)
            && (client.is_some() || since.elapsed() < ABSENT)
        {
            return Ok(client.clone());
        }
        let mut found = None;
        for (client, app) in &self.apps {
            let is_wanted = app
                .owners
                .as_ref()
                .is_none_or(|owners| owners.iter().any(|own| own.eq_ignore_ascii_case(owner)));
            if is_wanted && found.is_none() {
                found = installed(client, owner).await?;
            }
        }
        known.insert(key, (Instant::now(), found.clone()));
        Ok(found)
    }
}

async fn installed(app: &Octocrab, owner: &str) -> Result<Option<Octocrab>, ReadError> {
    for kind in ["orgs", "users"] {
        let route = format!("/{kind}/{owner}/installation");
        match app.get::<Installation, _, ()>(route, None).await {
            Ok(installation) => {
                let client = app.installation(installation.id);
                return client.map(Some).map_err(|error| in_words(&error));
            }
            Err(octocrab::Error::GitHub { source, .. }) if source.status_code == 404 => {}
            Err(error) => return Err(in_words(&error)),
        }
    }
    Ok(None)
}

/// What octocrab says, for people; never with a token in it.
pub(super) fn in_words(error: &octocrab::Error) -> ReadError {
    match error {
        octocrab::Error::GitHub { source, .. } => match source.status_code.as_u16() {
            404 => ReadError::Missing,
            status @ (401 | 403) => ReadError::Refused(status),
            status => ReadError::Status(status),
        },
        error => {
            let mut cause: &dyn std::error::Error = error;
            while let Some(source) = cause.source() {
                cause = source;
            }
            let text = cause.to_string();
            if text.contains("timed out") || text.contains("deadline") {
                ReadError::Timeout
            } else {
                ReadError::Unreachable(text)
            }
        }
    }
}
