//! A point in time: absolute in UTC in the first paint, then relative, in the viewer's zone.

use crate::clock::{now, since};
use crate::preferences::use_preferences;
use crate::prelude::*;

/// A time that says how long ago it is, and exactly when under the pointer.
#[component]
pub fn Moment(
    /// RFC 3339 in UTC.
    at: String,
) -> impl IntoView {
    let fixed = utc(&at);
    let zone = use_preferences().zone();
    let (shown, exact) = (at.clone(), at.clone());
    let (first_text, first_title) = (fixed.clone(), fixed);
    let text = move || match now() {
        Some(now) => since(&shown, now).unwrap_or_else(|| first_text.clone()),
        None => first_text.clone(),
    };
    let title = move || match now() {
        Some(_) => crate::clock::exact(&exact, &zone.get()).unwrap_or_else(|| first_title.clone()),
        None => first_title.clone(),
    };
    view! { <time datetime=at title=title>{move || text()}</time> }
}

/// `2024-01-16 18:14 UTC`; anything that is no such time as it is.
fn utc(at: &str) -> String {
    match at.get(..16) {
        Some(minute) if at.ends_with('Z') || at.ends_with("+00:00") => {
            format!("{} UTC", minute.replace('T', " "))
        }
        _ => at.to_owned(),
    }
}
