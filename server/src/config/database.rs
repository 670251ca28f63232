//! `backend.database`, as a URL that never shows its password.

use std::fmt;

use serde_json::Value;

use super::keys::Keys;

/// Where the portal keeps everything. `Debug` shows only what kind of database it is.
#[derive(Clone)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// `sqlite:FILE` or `postgres://…`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn from_config(keys: &mut Keys<'_>, override_with: Option<&str>) -> Self {
        if let Some(url) = override_with {
            return Self(url.to_owned());
        }
        let path = ["backend", "database", "connection"];
        let client = keys.text(&["backend", "database", "client"]);
        let url = match (client.as_deref(), keys.get(&path)) {
            (None | Some("sqlite" | "better-sqlite3"), connection) => sqlite(keys, connection),
            (Some("pg"), Some(Value::String(url))) => url.clone(),
            (Some("pg"), Some(parts)) => postgres(parts),
            (Some(_), _) => {
                keys.wrong(
                    &["backend", "database"],
                    "names no database that is known",
                    "client: sqlite with connection.filename, or client: pg with a connection",
                );
                String::new()
            }
        };
        Self(url)
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.0.split(':').next().unwrap_or_default();
        write!(f, "{scheme}:…")
    }
}

fn sqlite(keys: &Keys<'_>, connection: Option<&Value>) -> String {
    let name = match connection {
        Some(Value::String(name)) => name.as_str(),
        Some(parts) => parts
            .get("filename")
            .and_then(Value::as_str)
            .unwrap_or("perilune.db"),
        None => "perilune.db",
    };
    if name == ":memory:" {
        return "sqlite::memory:".to_owned();
    }
    format!(
        "sqlite:{}",
        keys.files()
            .base(&["backend", "database"])
            .join(name)
            .display()
    )
}

fn postgres(parts: &Value) -> String {
    let text = |key: &str, default: &str| match parts.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => default.to_owned(),
    };
    let encode = |text: &str| {
        use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
        utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
    };
    format!(
        "postgres://{}:{}@{}:{}/{}",
        encode(&text("user", "postgres")),
        encode(&text("password", "")),
        text("host", "127.0.0.1"),
        text("port", "5432"),
        encode(&text("database", "perilune")),
    )
}
