//! The time, which only the browser knows: absent in the first render, so that both sides render
//! the same, then moving on every minute.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
use crate::reactive::effect;

#[derive(Clone, Copy)]
struct Clock(RwSignal<Option<f64>>);

/// Provides the clock; it starts to run in the browser.
pub fn provide_clock() {
    let clock = Clock(RwSignal::new(None));
    provide_context(clock);
    #[cfg(feature = "hydrate")]
    effect(move || {
        clock.0.set(Some(js_sys::Date::now()));
        let tick = move || clock.0.set(Some(js_sys::Date::now()));
        if let Ok(handle) = set_interval_with_handle(tick, std::time::Duration::from_secs(60)) {
            on_cleanup(move || handle.clear());
        }
    });
}

/// Milliseconds since 1970; nothing in the first render.
#[must_use]
pub fn now() -> Option<f64> {
    use_context::<Clock>().and_then(|clock| clock.0.get())
}

/// How long before `now` (milliseconds since 1970) a time in RFC 3339 was.
#[cfg(feature = "hydrate")]
#[must_use]
pub fn since(at: &str, now: f64) -> Option<String> {
    let then = js_sys::Date::parse(at);
    then.is_finite().then(|| ago((now - then) / 1000.0))
}

/// The server has no clock to compare with.
#[cfg(not(feature = "hydrate"))]
#[must_use]
pub fn since(_at: &str, _now: f64) -> Option<String> {
    None
}

/// A time in RFC 3339 as the viewer's zone writes it. `zone` is `utc`, an IANA name, or empty for
/// the browser's own.
#[cfg(feature = "hydrate")]
#[must_use]
pub fn exact(at: &str, zone: &str) -> Option<String> {
    let then = js_sys::Date::parse(at);
    let date = js_sys::Date::new(&then.into());
    let options = js_sys::Object::new();
    let set = |name: &str, value: &str| {
        js_sys::Reflect::set(&options, &name.into(), &value.into()).is_ok()
    };
    let mut complete = set("dateStyle", "medium") && set("timeStyle", "long");
    if let Some(zone) = crate::preferences::zones::iana(zone) {
        complete = complete && set("timeZone", zone);
    }
    (complete && then.is_finite()).then(|| date.to_locale_string("en-GB", &options).into())
}

/// The server has no zone.
#[cfg(not(feature = "hydrate"))]
#[must_use]
pub fn exact(_at: &str, _zone: &str) -> Option<String> {
    None
}

/// `just now`, `26 min ago`, `4 d ago`, `3 mo ago`, `2 y ago`.
#[cfg(any(feature = "hydrate", test))]
fn ago(seconds: f64) -> String {
    const MINUTE: f64 = 60.0;
    const HOUR: f64 = 60.0 * MINUTE;
    const DAY: f64 = 24.0 * HOUR;
    let steps = [
        (365.0 * DAY, "y"),
        (30.0 * DAY, "mo"),
        (DAY, "d"),
        (HOUR, "h"),
        (MINUTE, "min"),
    ];
    steps
        .into_iter()
        .find(|(length, _)| seconds >= *length)
        .map_or_else(
            || "just now".to_owned(),
            |(length, unit)| format!("{} {unit} ago", whole(seconds / length)),
        )
}

/// Without its fraction.
#[cfg(any(feature = "hydrate", test))]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "of a count of years at most"
)]
fn whole(number: f64) -> u64 {
    number as u64
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn a_time_is_said_in_its_largest_unit() {
        assert_eq!(ago(-5.0), "just now");
        assert_eq!(ago(59.0), "just now");
        assert_eq!(ago(26.0 * 60.0 + 59.0), "26 min ago");
        assert_eq!(ago(23.0 * 3600.0), "23 h ago");
        assert_eq!(ago(4.0 * 86400.0), "4 d ago");
        assert_eq!(ago(800.0 * 86400.0), "2 y ago");
    }
}
