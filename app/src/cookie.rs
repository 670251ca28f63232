//! The portal's cookies. The session's is set by the identity port, which knows whether TLS is used.

use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::identity::types::{Settings, Theme};

/// The session's name.
pub const SESSION: &str = "perilune_session";
/// What the visitor has set, so that the first paint is right before anything is read.
pub const SETTINGS: &str = "perilune_settings";

const YEAR: u32 = 365 * 24 * 60 * 60;

/// Adds a `Set-Cookie` header to the answer.
pub fn set(header: &str) {
    if let (Some(response), Ok(value)) = (
        use_context::<ResponseOptions>(),
        http::HeaderValue::from_str(header),
    ) {
        response.append_header(http::header::SET_COOKIE, value);
    }
}

/// The header that ends the session in the browser.
#[must_use]
pub fn cleared_session() -> String {
    format!("{SESSION}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// The header that remembers the settings: `theme.shortcuts.zone`, nothing secret.
#[must_use]
pub fn settings(settings: &Settings) -> String {
    let zone: String = settings
        .time_zone
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "/_+-".contains(*c))
        .collect();
    format!(
        "{SETTINGS}={}.{}.{zone}; Path=/; SameSite=Lax; HttpOnly; Max-Age={YEAR}",
        settings.theme.as_str(),
        u8::from(settings.shortcuts),
    )
}

/// Reads [`settings`] back; what is missing or odd is the default.
#[must_use]
pub fn parse_settings(value: &str) -> Settings {
    let mut parts = value.splitn(3, '.');
    let theme: Theme = parts.next().unwrap_or_default().parse().unwrap_or_default();
    let shortcuts = parts.next() != Some("0");
    let time_zone = parts.next().unwrap_or_default().to_owned();
    Settings {
        theme,
        time_zone,
        shortcuts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_the_cookie() {
        let settings_before = Settings {
            theme: Theme::Dark,
            time_zone: "Europe/Copenhagen".to_owned(),
            shortcuts: false,
        };
        let header = settings(&settings_before);
        let value = header.split(';').next().unwrap().split_once('=').unwrap().1;
        assert_eq!(parse_settings(value), settings_before);
        assert_eq!(parse_settings("nonsense"), Settings::default());
    }
}
