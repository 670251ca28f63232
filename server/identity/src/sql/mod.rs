//! [`IdentityStore`] on SQLite and PostgreSQL.

mod sessions;
mod settings;
mod stars;
mod visits;

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use db::audit::Cause;
use db::{Db, DbError, Result};
use model::catalog::EntityRef;

use crate::{
    IdentityStore, NewSession, Session, SessionToken, SettingKey, SettingValue, Star, Visit,
};

/// The memory of people in the portal's database.
#[derive(Clone)]
pub struct SqlIdentityStore {
    db: Db,
}

impl SqlIdentityStore {
    /// A store on an open database.
    pub fn new(db: Db) -> Self {
        Self { db }
    }
}

#[async_trait]
impl IdentityStore for SqlIdentityStore {
    async fn create_session(
        &self,
        cause: &Cause,
        token: &SessionToken,
        new: NewSession,
    ) -> Result<Session> {
        sessions::create(&self.db, cause, token, new).await
    }

    async fn session(&self, token: &SessionToken, now: DateTime<Utc>) -> Result<Option<Session>> {
        sessions::find(&self.db, token, now).await
    }

    async fn touch_session(
        &self,
        token: &SessionToken,
        now: DateTime<Utc>,
        expires: DateTime<Utc>,
    ) -> Result<bool> {
        sessions::touch(&self.db, token, now, expires).await
    }

    async fn delete_session(&self, cause: &Cause, token: &SessionToken) -> Result<bool> {
        sessions::delete(&self.db, cause, token).await
    }

    async fn purge_sessions(&self, cause: &Cause) -> Result<u64> {
        sessions::purge(&self.db, cause).await
    }

    async fn set_star(
        &self,
        cause: &Cause,
        user: &EntityRef,
        entity: &EntityRef,
        starred: bool,
    ) -> Result<bool> {
        stars::set(&self.db, cause, user, entity, starred).await
    }

    async fn stars(&self, user: &EntityRef) -> Result<Vec<Star>> {
        stars::of(&self.db, user).await
    }

    async fn star_counts(&self) -> Result<HashMap<EntityRef, u64>> {
        stars::counts(&self.db).await
    }

    async fn put_setting(
        &self,
        cause: &Cause,
        user: &EntityRef,
        key: &SettingKey,
        value: &SettingValue,
    ) -> Result<()> {
        settings::put(&self.db, cause, user, key, value).await
    }

    async fn setting(&self, user: &EntityRef, key: &SettingKey) -> Result<Option<SettingValue>> {
        settings::get(&self.db, user, key).await
    }

    async fn settings(
        &self,
        user: &EntityRef,
        bucket: &str,
    ) -> Result<BTreeMap<String, SettingValue>> {
        settings::list(&self.db, user, bucket).await
    }

    async fn delete_setting(
        &self,
        cause: &Cause,
        user: &EntityRef,
        key: &SettingKey,
    ) -> Result<bool> {
        settings::delete(&self.db, cause, user, key).await
    }

    async fn record_visit(
        &self,
        user: &EntityRef,
        entity: &EntityRef,
        now: DateTime<Utc>,
    ) -> Result<()> {
        visits::record(&self.db, user, entity, now).await
    }

    async fn recent_visits(&self, user: &EntityRef, limit: u32) -> Result<Vec<Visit>> {
        visits::recent(&self.db, user, limit).await
    }
}

fn entity_ref(text: &str) -> Result<EntityRef> {
    EntityRef::parse(text).map_err(DbError::other)
}

/// A count from the database, which has no unsigned numbers.
fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
