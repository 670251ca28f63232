//! What the portal asks of the memory of people.

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use db::Result;
use db::audit::Cause;
use model::catalog::EntityRef;

use crate::{NewSession, Session, SessionToken, SettingKey, SettingValue, Star, Visit};

/// The memory of people. Every change takes its [`Cause`] and is one transaction with its
/// audit event; a change that changes nothing leaves no trace. Visits are a reader's own trail
/// and are not audited.
#[async_trait]
pub trait IdentityStore: Send + Sync {
    /// Begins a session for the bearer of `token`, at `cause.at`.
    async fn create_session(
        &self,
        cause: &Cause,
        token: &SessionToken,
        new: NewSession,
    ) -> Result<Session>;

    /// The session of the bearer of `token` if it has not expired at `now`.
    async fn session(&self, token: &SessionToken, now: DateTime<Utc>) -> Result<Option<Session>>;

    /// Remembers that the session was used at `now`, and lets it last until `expires`: whether
    /// that was written. It is not when the session has ended, nor within
    /// [`TOUCH_EVERY`](crate::TOUCH_EVERY) of the last time.
    async fn touch_session(
        &self,
        token: &SessionToken,
        now: DateTime<Utc>,
        expires: DateTime<Utc>,
    ) -> Result<bool>;

    /// Ends a session; whether there was one.
    async fn delete_session(&self, cause: &Cause, token: &SessionToken) -> Result<bool>;

    /// Forgets the sessions that have expired at `cause.at`, and announces each; how many there
    /// were.
    async fn purge_sessions(&self, cause: &Cause) -> Result<u64>;

    /// Makes `entity` starred by `user`, or not; whether that is a change.
    async fn set_star(
        &self,
        cause: &Cause,
        user: &EntityRef,
        entity: &EntityRef,
        starred: bool,
    ) -> Result<bool>;

    /// The user's stars, by ref.
    async fn stars(&self, user: &EntityRef) -> Result<Vec<Star>>;

    /// How many users starred each entity; those without a star are absent.
    async fn star_counts(&self) -> Result<HashMap<EntityRef, u64>>;

    /// Sets one of the user's settings.
    async fn put_setting(
        &self,
        cause: &Cause,
        user: &EntityRef,
        key: &SettingKey,
        value: &SettingValue,
    ) -> Result<()>;

    /// One of the user's settings.
    async fn setting(&self, user: &EntityRef, key: &SettingKey) -> Result<Option<SettingValue>>;

    /// The user's settings in a bucket, by key.
    async fn settings(
        &self,
        user: &EntityRef,
        bucket: &str,
    ) -> Result<BTreeMap<String, SettingValue>>;

    /// Removes one of the user's settings; whether it was there.
    async fn delete_setting(
        &self,
        cause: &Cause,
        user: &EntityRef,
        key: &SettingKey,
    ) -> Result<bool>;

    /// Remembers that `user` looked at `entity` at `now`; the newest
    /// [`VISITS_KEPT`](crate::VISITS_KEPT) entities stay.
    async fn record_visit(
        &self,
        user: &EntityRef,
        entity: &EntityRef,
        now: DateTime<Utc>,
    ) -> Result<()>;

    /// The entities that the user looked at, last visited first, at most `limit`.
    async fn recent_visits(&self, user: &EntityRef, limit: u32) -> Result<Vec<Visit>>;
}
