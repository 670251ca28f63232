//! How long a session lasts, and the cookie that says so. A session slides: while it is used, at
//! least once a month, it goes on, but not for ever, so that a copied cookie is worth little.

use app::cookie;
use chrono::{DateTime, TimeDelta, Utc};
use identity::SessionToken;

/// A session that is not used for this long ends.
const IDLE: TimeDelta = TimeDelta::days(30);
/// However much it is used: then one signs in again.
const LONGEST: TimeDelta = TimeDelta::days(180);

/// When a session that began at `created` ends if it is used at `now` for the last time.
pub(super) fn end(created: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    (now + IDLE).min(created + LONGEST)
}

/// The `Set-Cookie` header of a session that ends at `expires`.
pub(super) fn cookie(token: &SessionToken, now: DateTime<Utc>, expires: DateTime<Utc>) -> String {
    format!(
        "{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}",
        cookie::SESSION,
        token.secret(),
        (expires - now).num_seconds().max(0)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_slides_and_ends_nevertheless() {
        let created: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
        let end_after = |days| end(created, created + TimeDelta::days(days)) - created;
        assert_eq!(end_after(0), TimeDelta::days(30));
        assert_eq!(end_after(29), TimeDelta::days(59));
        assert_eq!(end_after(170), TimeDelta::days(180));
    }
}
