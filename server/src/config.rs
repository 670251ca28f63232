//! One typed configuration from one or several YAML files, merged in order.
//! Key names are Backstage's where the meaning is the same.

mod database;
mod error;
mod external_access;
mod files;
mod keys;
mod reading;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use app::home::types::HomeConfig;
use catalog::config::CatalogConfig;
use integrations::{Allowed, Integrations, Secret};
use model::catalog::EntityRef;
use serde_json::Value;

pub use database::DatabaseUrl;
pub use error::ConfigError;

use files::Files;

use crate::identity::ExternalAccess;

/// Everything that can be configured.
#[derive(Debug)]
pub struct Config {
    /// `app.title`.
    pub title: String,
    /// `organization.name`.
    pub organization: String,
    /// Whether browsers reach the portal over TLS: `app.baseUrl` begins with `https`.
    pub tls: bool,
    /// `backend.listen`; loopback port 3000 unless said otherwise.
    pub listen: SocketAddr,
    /// `backend.database`.
    pub database: DatabaseUrl,
    /// `backend.auth.dangerouslyDisableDefaultAuthPolicy`: everybody may read.
    pub open_reading: bool,
    /// `backend.auth.externalAccess`: programs that may ask, by their static tokens.
    pub external_access: Vec<ExternalAccess>,
    /// `permission.admins`: users and groups that may change everything.
    pub admins: Vec<EntityRef>,
    /// `auth.providers.guest` is there.
    pub guest: bool,
    /// `catalog`.
    pub catalog: CatalogConfig,
    /// `integrations`: the hosts that hold sources.
    pub integrations: Integrations,
    /// What may be read: `backend.reading.allow`, and what the configuration names otherwise.
    pub allowed: Allowed,
    /// `events.modules.github.webhookSecret`, and those of Apps: what GitHub signs its webhooks
    /// with.
    pub webhook_secrets: Vec<Secret>,
    /// `home`.
    pub home: HomeConfig,
    /// `jobs.keepDays`.
    pub jobs_kept: Duration,
    /// Keys that nothing here knows, dotted.
    pub unknown_keys: Vec<String>,
}

impl Config {
    /// Reads and merges files; `listen` and `database` from the command line win.
    ///
    /// # Errors
    /// Every wrong value of a known key, with file, line and what is expected.
    pub fn read(
        paths: &[PathBuf],
        listen: Option<&str>,
        database: Option<&str>,
    ) -> Result<Self, ConfigError> {
        let files = Files::read(paths)?;
        let config = typed(&files, listen, database)?;
        config.check_exposure()?;
        Ok(config)
    }

    /// Guests and servers without any way to sign in stay on loopback.
    fn check_exposure(&self) -> Result<(), ConfigError> {
        let outside = !self.listen.ip().is_loopback();
        if outside && !self.guest && !self.open_reading {
            return Err(ConfigError::refused(
                "without an auth provider the portal listens on loopback only",
                "configure auth.providers, or listen on 127.0.0.1",
            ));
        }
        Ok(())
    }
}

fn typed(
    files: &Files,
    listen: Option<&str>,
    database: Option<&str>,
) -> Result<Config, ConfigError> {
    let mut keys = keys::Keys::new(files);
    let listen = keys.listen(listen);
    let guest = keys.get(&["auth", "providers", "guest"]).is_some();
    let outside = keys.flag(&[
        "auth",
        "providers",
        "guest",
        "dangerouslyAllowOutsideDevelopment",
    ]);
    if guest && !outside && !listen.ip().is_loopback() {
        keys.wrong(
            &["auth", "providers", "guest"],
            "guest sign-in is refused off loopback",
            "listen on 127.0.0.1, or guest.dangerouslyAllowOutsideDevelopment: true",
        );
    }
    let catalog = keys.catalog();
    let integrations = keys.integrations();
    let config = Config {
        title: keys
            .text(&["app", "title"])
            .unwrap_or_else(|| "Perilune".to_owned()),
        organization: keys
            .text(&["organization", "name"])
            .unwrap_or_else(|| "Your organization".to_owned()),
        tls: keys.is_https(),
        listen,
        database: DatabaseUrl::from_config(&mut keys, database),
        open_reading: keys.flag(&["backend", "auth", "dangerouslyDisableDefaultAuthPolicy"]),
        external_access: keys.external_access(),
        admins: keys.refs(&["permission", "admins"]),
        guest,
        allowed: keys.allowed(&catalog, &integrations),
        webhook_secrets: keys.webhook_secrets(&integrations),
        catalog,
        integrations,
        home: keys.home(),
        jobs_kept: keys.jobs_kept(),
        unknown_keys: keys.unknown(),
    };
    keys.finish()?;
    Ok(config)
}

/// A value by its path.
fn at<'a>(root: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter()
        .try_fold(root, |value, key| value.get(key))
        .filter(|value| !value.is_null())
}

#[cfg(test)]
mod tests;
