//! What sign-in, stars and settings need from the server.

use model::catalog::EntityRef;

use super::types::{EntityCard, Settings, SignInOptions, Starred};
use crate::context::Actor;
use crate::error::PortalError;

/// Sessions, stars, settings and visits of the visitor.
#[async_trait::async_trait]
pub trait IdentityPort: Send + Sync + 'static {
    /// What the sign-in page offers, its users narrowed by a text.
    async fn sign_in_options(&self, text: &str) -> Result<SignInOptions, PortalError>;
    /// Starts a session as one of the catalog's users; gives the session's token for the cookie.
    ///
    /// Whoever the visitor was before is signed out: other tabs that still show them hear of it.
    async fn sign_in_as_guest(
        &self,
        actor: &Actor,
        user: &EntityRef,
    ) -> Result<SessionCookie, PortalError>;
    /// Ends the session; open event streams of it end too.
    async fn sign_out(&self, actor: &Actor) -> Result<(), PortalError>;
    /// Sets or removes a star; idempotent.
    async fn set_star(
        &self,
        actor: &Actor,
        entity_ref: &EntityRef,
        on: bool,
    ) -> Result<Starred, PortalError>;
    /// The visitor's stars, by display name.
    async fn starred(&self, actor: &Actor) -> Result<Vec<EntityCard>, PortalError>;
    /// What the visitor looked at last, newest first.
    async fn recent(&self, actor: &Actor) -> Result<Vec<EntityCard>, PortalError>;
    /// Remembers a visit; nothing for visitors who are not signed in.
    async fn record_visit(&self, actor: &Actor, entity_ref: &EntityRef) -> Result<(), PortalError>;
    /// What a signed-in user has set; `None` for visitors, and for who has not set anything yet.
    async fn settings(&self, actor: &Actor) -> Result<Option<Settings>, PortalError>;
    /// Stores the settings of a signed-in user.
    async fn save_settings(&self, actor: &Actor, settings: &Settings) -> Result<(), PortalError>;
}

/// A new session for the `Set-Cookie` header.
pub struct SessionCookie {
    /// The whole header value, attributes included.
    pub header: String,
}
