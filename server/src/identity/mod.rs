//! Sign-in, stars, settings and visits: the port, and who is behind a request.

mod boot;
mod events;
mod housekeeping;
mod lifetime;
mod programs;
mod session;
mod settings;

use std::sync::Arc;

use app::context::Actor;
use app::error::PortalError;
use app::identity::port::{IdentityPort, SessionCookie};
use app::identity::types::{EntityCard, GuestChoice, Settings, SignInOptions, Starred};
use async_trait::async_trait;
use chrono::{DateTime, SecondsFormat, Utc};
use db::audit::Cause;
use identity::{IdentityStore, NewSession, SessionToken};
use model::catalog::EntityRef;

use crate::catalog::{CatalogAdapter, View};
use crate::error::database;

pub use boot::{Knowledge, know};
pub use events::{Listener, PersonalEvent, PersonalEvents};
pub use housekeeping::{PERIOD, keep_house};
pub use programs::{ExternalAccess, Programs};
pub use session::{Sessions, identify};

const SHOWN_USERS: usize = 50;
const RECENT: u32 = 8;

/// Answers for the visitor.
pub struct IdentityAdapter {
    store: Arc<dyn IdentityStore>,
    catalog: Arc<CatalogAdapter>,
    guest: bool,
}

impl IdentityAdapter {
    /// Over a store and the catalog that has the people.
    #[must_use]
    pub fn new(store: Arc<dyn IdentityStore>, catalog: Arc<CatalogAdapter>, guest: bool) -> Self {
        Self {
            store,
            catalog,
            guest,
        }
    }

    /// The visitor's stars, by display name.
    async fn cards_of_stars(&self, user: &EntityRef) -> Result<Vec<EntityCard>, PortalError> {
        let stars = self.store.stars(user).await.map_err(database)?;
        let view = self.catalog.view();
        let mut cards: Vec<EntityCard> = stars
            .iter()
            .map(|star| card(&view, &star.entity_ref, star.at))
            .collect();
        cards.sort_by_key(|card| card.entity.label.to_lowercase());
        Ok(cards)
    }
}

fn card(view: &View, entity_ref: &EntityRef, at: DateTime<Utc>) -> EntityCard {
    EntityCard {
        at: Some(at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        ..view.card(entity_ref)
    }
}

fn cause(actor: &EntityRef) -> Cause {
    Cause::new(actor.to_string(), Utc::now())
}

#[async_trait]
impl IdentityPort for IdentityAdapter {
    async fn sign_in_options(&self, text: &str) -> Result<SignInOptions, PortalError> {
        if !self.guest {
            return Ok(SignInOptions {
                guest: false,
                users: Vec::new(),
                total: 0,
            });
        }
        let mut users = self.catalog.view().users();
        let total = u32::try_from(users.len()).unwrap_or(u32::MAX);
        let text = text.to_lowercase();
        let matches = |choice: &GuestChoice| {
            let groups = choice
                .groups
                .iter()
                .any(|group| group.to_lowercase().contains(&text));
            groups || choice.user.label.to_lowercase().contains(&text)
        };
        users.retain(matches);
        users.truncate(SHOWN_USERS);
        Ok(SignInOptions {
            guest: true,
            users,
            total,
        })
    }

    async fn sign_in_as_guest(
        &self,
        actor: &Actor,
        user: &EntityRef,
    ) -> Result<SessionCookie, PortalError> {
        let known = user.is_kind("user") && self.catalog.view().label(user).exists;
        if !self.guest || !known {
            return Err(PortalError::not_found(format!("a guest called {user}")));
        }
        self.sign_out(actor).await?;
        let (token, now) = (SessionToken::generate(), Utc::now());
        let expires = lifetime::end(now, now);
        let new = NewSession {
            user_ref: user.clone(),
            issuer: "guest".to_owned(),
            subject: user.to_string(),
            expires,
        };
        self.store
            .create_session(&Cause::new(user.to_string(), now), &token, new)
            .await
            .map_err(database)?;
        let header = lifetime::cookie(&token, now, expires);
        Ok(SessionCookie { header })
    }

    async fn sign_out(&self, actor: &Actor) -> Result<(), PortalError> {
        let (Some(user), Some(token)) = (&actor.user, &actor.session) else {
            return Ok(());
        };
        if let Some(token) = SessionToken::parse(token.as_str()) {
            self.store
                .delete_session(&cause(user), &token)
                .await
                .map_err(database)?;
        }
        Ok(())
    }

    async fn set_star(
        &self,
        actor: &Actor,
        entity_ref: &EntityRef,
        on: bool,
    ) -> Result<Starred, PortalError> {
        let user = actor.require_user()?;
        if on && !self.catalog.view().label(entity_ref).exists {
            return Err(PortalError::not_found(entity_ref.to_string()));
        }
        self.store
            .set_star(&cause(user), user, entity_ref, on)
            .await
            .map_err(database)?;
        Ok(Starred {
            entity_ref: entity_ref.clone(),
            on,
        })
    }

    async fn starred(&self, actor: &Actor) -> Result<Vec<EntityCard>, PortalError> {
        match &actor.user {
            Some(user) => self.cards_of_stars(user).await,
            None => Ok(Vec::new()),
        }
    }

    async fn recent(&self, actor: &Actor) -> Result<Vec<EntityCard>, PortalError> {
        let Some(user) = &actor.user else {
            return Ok(Vec::new());
        };
        let visits = self
            .store
            .recent_visits(user, RECENT)
            .await
            .map_err(database)?;
        let view = self.catalog.view();
        Ok(visits
            .iter()
            .map(|visit| card(&view, &visit.entity_ref, visit.at))
            .collect())
    }

    async fn record_visit(&self, actor: &Actor, entity_ref: &EntityRef) -> Result<(), PortalError> {
        let Some(user) = &actor.user else {
            return Ok(());
        };
        self.store
            .record_visit(user, entity_ref, Utc::now())
            .await
            .map_err(database)
    }

    async fn settings(&self, actor: &Actor) -> Result<Option<Settings>, PortalError> {
        let Some(user) = &actor.user else {
            return Ok(None);
        };
        settings::stored(self.store.as_ref(), user).await
    }

    async fn save_settings(&self, actor: &Actor, settings: &Settings) -> Result<(), PortalError> {
        let user = actor.require_user()?;
        settings::save(self.store.as_ref(), &cause(user), user, settings).await
    }
}
