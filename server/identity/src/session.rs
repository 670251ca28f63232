//! A browser that somebody has signed in with.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use model::catalog::EntityRef;
use sha2::{Digest, Sha256};

/// The secret in the session cookie: 32 random bytes. The database knows only its SHA-256, so
/// that a leaked backup lets nobody in.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken([u8; 32]);

impl SessionToken {
    /// A new one from the system's random generator.
    pub fn generate() -> Self {
        Self(rand::random())
    }

    /// Reads a cookie's value: 64 hexadecimal digits in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let [high, low] = pair.try_into().ok()?;
            *byte = nibble(high)? << 4 | nibble(low)?;
        }
        Some(Self(bytes))
    }

    /// The value for the cookie. It goes nowhere else.
    pub fn secret(&self) -> String {
        hex(&self.0)
    }

    /// The name under which the database keeps the session.
    pub fn session_id(&self) -> String {
        hex(&Sha256::digest(self.0))
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Who signs in, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// The catalog's user.
    pub user_ref: EntityRef,
    /// Who vouches for them: `guest`, or an OpenID Connect issuer.
    pub issuer: String,
    /// Their name at the issuer; (issuer, subject) is the identity.
    pub subject: String,
    /// From when on the session is void.
    pub expires: DateTime<Utc>,
}

/// A session that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// See [`SessionToken::session_id`].
    pub id: String,
    /// The catalog's user.
    pub user_ref: EntityRef,
    /// See [`NewSession::issuer`].
    pub issuer: String,
    /// See [`NewSession::subject`].
    pub subject: String,
    /// When it began.
    pub created: DateTime<Utc>,
    /// From when on it is void.
    pub expires: DateTime<Utc>,
    /// When it was used last, to [`TOUCH_EVERY`].
    pub last_seen: DateTime<Utc>,
}

/// A session in use is written to at most this often.
pub const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(5);

impl Session {
    /// Whether a use at `now` is to be written.
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        now >= self.last_seen + TOUCH_EVERY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_the_cookie_and_is_not_shown() {
        let token = SessionToken::generate();
        assert_eq!(SessionToken::parse(&token.secret()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "SessionToken(…)");
        assert_ne!(token.session_id(), token.secret());
        assert_ne!(token, SessionToken::generate());
    }

    #[test]
    fn anything_else_in_the_cookie_is_no_token() {
        for text in [
            "",
            "00",
            &"0".repeat(63),
            &"0".repeat(65),
            &"g".repeat(64),
            &"é".repeat(32),
        ] {
            assert_eq!(SessionToken::parse(text), None, "{text}");
        }
    }
}
