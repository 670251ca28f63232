//! Reads known keys one by one and collects what is wrong with them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use app::home::types::HomeConfig;
use catalog::config::CatalogConfig;
use db::jobs::JobSettings;
use model::catalog::{EntityRef, JsonPath, Problem};
use serde_json::Value;

use super::at;
use super::error::{ConfigError, Wrong};
use super::files::Files;

const PORT: u16 = 3000;
/// A hundred years.
const MOST_DAYS: u64 = 36_500;
/// Every key that is read here, so that others can be listed as unknown.
const KNOWN: [&str; 10] = [
    "app",
    "organization",
    "backend",
    "integrations",
    "events",
    "auth",
    "permission",
    "catalog",
    "home",
    "jobs",
];

pub(super) struct Keys<'a> {
    files: &'a Files,
    wrong: Vec<Wrong>,
    unknown: Vec<String>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        let keys = files.merged.as_object();
        let unknown = keys
            .into_iter()
            .flat_map(|entries| entries.keys())
            .filter(|key| !KNOWN.contains(&key.as_str()))
            .cloned()
            .collect();
        Self {
            files,
            wrong: Vec::new(),
            unknown,
        }
    }

    pub(super) fn files(&self) -> &'a Files {
        self.files
    }

    pub(super) fn get(&self, path: &[&str]) -> Option<&'a Value> {
        at(&self.files.merged, path)
    }

    pub(super) fn text(&mut self, path: &[&str]) -> Option<String> {
        match self.get(path)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => {
                self.wrong(path, "is not a text", "a text");
                None
            }
        }
    }

    /// A list of references to entities.
    pub(super) fn refs(&mut self, path: &[&str]) -> Vec<EntityRef> {
        let items = match self.get(path) {
            None => return Vec::new(),
            Some(Value::Array(items)) => items.as_slice(),
            Some(one) => std::slice::from_ref(one),
        };
        let parse = |item: &Value| EntityRef::parse(item.as_str()?).ok();
        let refs: Option<Vec<EntityRef>> = items.iter().map(parse).collect();
        refs.unwrap_or_else(|| {
            self.wrong(
                path,
                "is not a list of references",
                "a list such as [group:default/platform]",
            );
            Vec::new()
        })
    }

    /// `jobs.keepDays`: how long jobs are remembered after they have ended.
    pub(super) fn jobs_kept(&mut self) -> Duration {
        let path = ["jobs", "keepDays"];
        let Some(value) = self.get(&path) else {
            return JobSettings::USUAL.keep;
        };
        let days = value.as_u64().filter(|days| (1..=MOST_DAYS).contains(days));
        if days.is_none() {
            self.wrong(&path, "is not a number of days", "1 to 36500");
        }
        Duration::from_secs(days.unwrap_or(1) * 24 * 3600)
    }

    pub(super) fn flag(&mut self, path: &[&str]) -> bool {
        match self.get(path) {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.wrong(path, "is neither true nor false", "true or false");
                false
            }
        }
    }

    /// Whether `app.baseUrl` is of the scheme `https`.
    pub(super) fn is_https(&mut self) -> bool {
        let path = ["app", "baseUrl"];
        let Some(text) = self.text(&path) else {
            return false;
        };
        let uri = text.parse::<http::Uri>().unwrap_or_default();
        match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => {
                let message = format!("{text} is not the address of a site");
                self.wrong(&path, &message, "https://portal.example.com");
                false
            }
        }
    }

    /// `backend.listen`: `":7007"`, `"host:port"` or `{host, port}`; loopback by default.
    pub(super) fn listen(&mut self, override_with: Option<&str>) -> SocketAddr {
        let default = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), PORT);
        let path = ["backend", "listen"];
        let text = override_with.map(str::to_owned).or_else(|| {
            let value = self.get(&path)?;
            if !value.is_object() {
                return self.text(&path);
            }
            let host = self.text(&["backend", "listen", "host"]);
            let port = self.text(&["backend", "listen", "port"]);
            let host = host.unwrap_or_else(|| "127.0.0.1".to_owned());
            Some(format!(
                "{host}:{}",
                port.unwrap_or_else(|| PORT.to_string())
            ))
        });
        let Some(text) = text else { return default };
        let address = if text.starts_with(':') {
            format!("127.0.0.1{text}")
        } else {
            text.replace("localhost", "127.0.0.1")
        };
        address.parse().unwrap_or_else(|_| {
            let message = format!("{text} is not an address to listen on");
            self.wrong(&path, &message, "address:port, such as 127.0.0.1:3000");
            default
        })
    }

    pub(super) fn catalog(&mut self) -> CatalogConfig {
        let value = self.get(&["catalog"]).unwrap_or(&Value::Null);
        match CatalogConfig::from_value(value, &self.files.base(&["catalog", "locations"])) {
            Ok(config) => {
                let unknown = config.unknown_keys.iter();
                self.unknown
                    .extend(unknown.map(|key| format!("catalog.{key}")));
                config
            }
            Err(problems) => {
                self.problems(&["catalog"], problems);
                CatalogConfig::default()
            }
        }
    }

    /// Takes note of what is wrong below a key.
    pub(super) fn problems(&mut self, below: &[&str], problems: Vec<Problem>) {
        for problem in problems {
            let below = below.iter().map(|key| (*key).to_owned());
            let path: Vec<String> = below.chain(problem.path.segments()).collect();
            self.push(&path, &problem.message, &problem.expected);
        }
    }

    pub(super) fn home(&mut self) -> HomeConfig {
        let value = self.get(&["home"]).cloned();
        let parsed = value.map_or(Ok(HomeConfig::default()), serde_json::from_value);
        parsed.unwrap_or_else(|error| {
            self.wrong(
                &["home"],
                &error.to_string(),
                "toolboxes and gettingStarted, each tool with a title and a url",
            );
            HomeConfig::default()
        })
    }

    pub(super) fn wrong(&mut self, path: &[&str], message: &str, expected: &str) {
        let path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
        self.push(&path, message, expected);
    }

    fn push(&mut self, path: &[String], message: &str, expected: &str) {
        let dotted = JsonPath::of(path.iter().map(String::as_str)).dotted();
        self.wrong.push(Wrong {
            place: self.files.place(path),
            message: format!("{dotted}: {message}"),
            expected: expected.to_owned(),
        });
    }

    /// A part that nothing here knows, in words.
    pub(super) fn not_known(&mut self, what: String) {
        self.unknown.push(what);
    }

    pub(super) fn unknown(&self) -> Vec<String> {
        self.unknown.clone()
    }

    pub(super) fn finish(self) -> Result<(), ConfigError> {
        if self.wrong.is_empty() {
            Ok(())
        } else {
            Err(ConfigError(self.wrong))
        }
    }
}
