//! The memory of people, with a count of what is asked of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use db::Result;
use db::audit::Cause;
use identity::{
    IdentityStore, NewSession, Session, SessionToken, SettingKey, SettingValue, SqlIdentityStore,
    Star, Visit,
};
use model::catalog::EntityRef;

/// How often each was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) sessions: u32,
    pub(crate) stars: u32,
    pub(crate) touches: u32,
    pub(crate) visits: u32,
}

pub(crate) struct Counting {
    store: SqlIdentityStore,
    sessions: AtomicU32,
    stars: AtomicU32,
    touches: AtomicU32,
    visits: AtomicU32,
}

impl Counting {
    pub(crate) fn new(store: SqlIdentityStore) -> Self {
        Self {
            store,
            sessions: AtomicU32::new(0),
            stars: AtomicU32::new(0),
            touches: AtomicU32::new(0),
            visits: AtomicU32::new(0),
        }
    }

    /// What was asked since the last time.
    pub(crate) fn take(&self) -> Asked {
        Asked {
            sessions: self.sessions.swap(0, Ordering::Relaxed),
            stars: self.stars.swap(0, Ordering::Relaxed),
            touches: self.touches.swap(0, Ordering::Relaxed),
            visits: self.visits.swap(0, Ordering::Relaxed),
        }
    }
}

#[async_trait]
impl IdentityStore for Counting {
    async fn create_session(
        &self,
        cause: &Cause,
        token: &SessionToken,
        new: NewSession,
    ) -> Result<Session> {
        self.store.create_session(cause, token, new).await
    }

    async fn session(&self, token: &SessionToken, now: DateTime<Utc>) -> Result<Option<Session>> {
        self.sessions.fetch_add(1, Ordering::Relaxed);
        self.store.session(token, now).await
    }

    async fn touch_session(
        &self,
        token: &SessionToken,
        now: DateTime<Utc>,
        expires: DateTime<Utc>,
    ) -> Result<bool> {
        self.touches.fetch_add(1, Ordering::Relaxed);
        self.store.touch_session(token, now, expires).await
    }

    async fn delete_session(&self, cause: &Cause, token: &SessionToken) -> Result<bool> {
        self.store.delete_session(cause, token).await
    }

    async fn purge_sessions(&self, cause: &Cause) -> Result<u64> {
        self.store.purge_sessions(cause).await
    }

    async fn set_star(
        &self,
        cause: &Cause,
        user: &EntityRef,
        entity: &EntityRef,
        starred: bool,
    ) -> Result<bool> {
        self.store.set_star(cause, user, entity, starred).await
    }

    async fn stars(&self, user: &EntityRef) -> Result<Vec<Star>> {
        self.stars.fetch_add(1, Ordering::Relaxed);
        self.store.stars(user).await
    }

    async fn star_counts(&self) -> Result<HashMap<EntityRef, u64>> {
        self.store.star_counts().await
    }

    async fn put_setting(
        &self,
        cause: &Cause,
        user: &EntityRef,
        key: &SettingKey,
        value: &SettingValue,
    ) -> Result<()> {
        self.store.put_setting(cause, user, key, value).await
    }

    async fn setting(&self, user: &EntityRef, key: &SettingKey) -> Result<Option<SettingValue>> {
        self.store.setting(user, key).await
    }

    async fn settings(
        &self,
        user: &EntityRef,
        bucket: &str,
    ) -> Result<BTreeMap<String, SettingValue>> {
        self.store.settings(user, bucket).await
    }

    async fn delete_setting(
        &self,
        cause: &Cause,
        user: &EntityRef,
        key: &SettingKey,
    ) -> Result<bool> {
        self.store.delete_setting(cause, user, key).await
    }

    async fn record_visit(
        &self,
        user: &EntityRef,
        entity: &EntityRef,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.visits.fetch_add(1, Ordering::Relaxed);
        self.store.record_visit(user, entity, now).await
    }

    async fn recent_visits(&self, user: &EntityRef, limit: u32) -> Result<Vec<Visit>> {
        self.store.recent_visits(user, limit).await
    }
}
