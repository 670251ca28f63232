//! `integrations` and `backend.reading.allow`, with Backstage's key names.

use std::time::Duration;

use model::catalog::{JsonPath, scm::Scm};
use octocrab::models::AppId;
use serde_json::Value;
use url::Url;

use crate::{
    Allowed, GitHubApp, GitHubIntegration, Secret,
    section::{Findings, Section, in_words},
};

const GITHUB: &str = "github.com";

/// The hosts that the portal knows more of than their address.
#[derive(Debug, Clone, Default)]
pub struct Integrations {
    /// `integrations.github`; github.com is always among them.
    pub github: Vec<GitHubIntegration>,
    /// Hosts of other kinds, whose addresses are understood but which are read by plain HTTP.
    pub others: Vec<(String, Scm)>,
}

impl Integrations {
    /// Reads the value of the `integrations` key.
    pub fn read(value: &Value, findings: &mut Findings) -> Self {
        let mut section = Section::of(value, JsonPath::root(), findings);
        let items = section.list("github", findings).unwrap_or_default();
        let mut github: Vec<GitHubIntegration> = items
            .iter()
            .filter_map(|(path, item)| github_host(item, path, findings))
            .collect();
        if !github.iter().any(|known| known.host == GITHUB) {
            github.extend(plain_github());
        }
        let mut others = Vec::new();
        for (key, scm) in [("gitlab", Scm::GitLab), ("gitea", Scm::Gitea)] {
            for (path, item) in section.list(key, findings).unwrap_or_default() {
                let mut entry = Section::of(item, path, findings);
                if let Some(host) = entry.required("host", "gitlab.example.com", findings) {
                    others.push((host.to_ascii_lowercase(), scm));
                }
                entry.finish(findings);
            }
        }
        section.finish(findings);
        Self { github, others }
    }

    /// What kind of host an address is on.
    #[must_use]
    pub fn scm(&self, address: &Url) -> Option<Scm> {
        let host = host_and_port(address)?;
        let is_github = self.github.iter().any(|known| known.host == host);
        let other = || self.others.iter().find(|(known, _)| *known == host);
        is_github
            .then_some(Scm::GitHub)
            .or_else(|| other().map(|(_, scm)| *scm))
    }
}

/// `host` or `host:port`, as `integrations` names it.
pub(crate) fn host_and_port(address: &Url) -> Option<String> {
    let host = address.host_str()?.to_ascii_lowercase();
    Some(match address.port() {
        Some(port) => format!("{host}:{port}"),
        None => host,
    })
}

/// github.com without a token: public repositories, 60 requests an hour.
fn plain_github() -> Option<GitHubIntegration> {
    Some(GitHubIntegration {
        host: GITHUB.to_owned(),
        api: Url::parse("https://api.github.com").ok()?,
        token: None,
        apps: Vec::new(),
    })
}

fn github_host(
    item: &Value,
    path: &JsonPath,
    findings: &mut Findings,
) -> Option<GitHubIntegration> {
    let mut section = Section::of(item, path.clone(), findings);
    let host = section.text("host", findings).unwrap_or(GITHUB);
    let host = host.to_ascii_lowercase();
    let api = section.text("apiBaseUrl", findings).map(str::to_owned);
    let api_path = section.path_of("apiBaseUrl");
    let token = section.text("token", findings).map(Secret::new);
    let apps = section.list("apps", findings).unwrap_or_default();
    // Files are read by the interface; raw addresses are not needed.
    let _ = section.text("rawBaseUrl", findings);
    section.finish(findings);
    let otherwise = || match host.as_str() {
        GITHUB => "https://api.github.com".to_owned(),
        host => format!("https://{host}/api/v3"),
    };
    let api = api.unwrap_or_else(otherwise);
    let Some(api) = Url::parse(&api).ok().filter(Url::has_host) else {
        findings.wrong(
            &api_path,
            format!("is `{api}`"),
            "https://github.example.com/api/v3",
        );
        return None;
    };
    let apps = apps
        .iter()
        .filter_map(|(path, item)| app(item, path, findings))
        .collect();
    Some(GitHubIntegration {
        host,
        api,
        token,
        apps,
    })
}

fn app(item: &Value, path: &JsonPath, findings: &mut Findings) -> Option<GitHubApp> {
    let mut section = Section::of(item, path.clone(), findings);
    let id = match section.get("appId") {
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        _ => None,
    };
    if id.is_none() {
        findings.wrong(path, "appId is missing or no number", "appId: 12345");
    }
    let private_key = section.required("privateKey", "the key in PEM", findings);
    let owners = section.list("allowedInstallationOwners", findings);
    let owners = owners.map(|items| {
        items
            .iter()
            .filter_map(|(_, item)| Some(item.as_str()?.to_owned()))
            .collect()
    });
    let webhook_secret = section.text("webhookSecret", findings).map(Secret::new);
    // For signing people in, which is another part's.
    let _ = (section.get("clientId"), section.get("clientSecret"));
    section.finish(findings);
    Some(GitHubApp {
        id: AppId(id?),
        private_key: Secret::new(private_key?),
        owners,
        webhook_secret,
    })
}

impl Allowed {
    /// Reads the value of `backend.reading.allow`.
    pub fn read(&mut self, value: &Value, findings: &mut Findings) {
        let Some(items) = value.as_array() else {
            if !value.is_null() {
                let message = format!("is {}", in_words(value));
                findings.wrong(&JsonPath::root(), message, "a list of {host, paths}");
            }
            return;
        };
        for (index, item) in items.iter().enumerate() {
            let path = JsonPath::root().index(index);
            let mut section = Section::of(item, path, findings);
            let host = section.required("host", "example.com or *.example.com", findings);
            let paths = section.list("paths", findings).unwrap_or_default();
            section.finish(findings);
            let paths: Vec<&str> = paths
                .iter()
                .filter_map(|(path, item)| {
                    let text = item.as_str().filter(|text| text.starts_with('/'));
                    if text.is_none() {
                        findings.wrong(
                            path,
                            format!("is {}", in_words(item)),
                            "a path such as /org/",
                        );
                    }
                    text
                })
                .collect();
            if let Some(host) = host {
                self.add(host, &paths);
            }
        }
    }
}

/// Seconds in each unit that Backstage's durations know.
const UNITS: [(&str, f64); 6] = [
    ("milliseconds", 0.001),
    ("seconds", 1.0),
    ("minutes", 60.0),
    ("hours", 3_600.0),
    ("days", 86_400.0),
    ("weeks", 604_800.0),
];

/// A duration as Backstage's configuration writes it: `30s`, `5m`, `1h`, or `{minutes: 5}`.
#[must_use]
pub fn duration(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::String(text) => of_text(text.trim()),
        Value::Object(parts) if !parts.is_empty() => parts
            .iter()
            .map(|(unit, amount)| Some(unit_seconds(unit)? * amount.as_f64()?))
            .sum(),
        _ => None,
    };
    Duration::try_from_secs_f64(seconds?).ok()
}

fn unit_seconds(name: &str) -> Option<f64> {
    let unit = UNITS.iter().find(|(unit, _)| *unit == name)?;
    Some(unit.1)
}

fn of_text(text: &str) -> Option<f64> {
    let letters = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (amount, unit) = text.split_at_checked(letters)?;
    let unit = match unit {
        "ms" => "milliseconds",
        "s" => "seconds",
        "m" => "minutes",
        "h" => "hours",
        "d" => "days",
        _ => return None,
    };
    Some(amount.trim().parse::<f64>().ok()? * unit_seconds(unit)?)
}
