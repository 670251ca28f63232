//! Who is behind a request: the session cookie becomes an actor, before any handler runs.

use std::sync::Arc;

use app::boot::{Boot, BootUser};
use app::context::{Actor, Secret};
use app::cookie;
use app::identity::types::{EntityCard, Settings};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use chrono::Utc;
use identity::{IdentityStore, SessionToken};
use model::catalog::EntityRef;

use crate::catalog::CatalogAdapter;

/// What the middleware needs.
#[derive(Clone)]
pub struct Visitors {
    /// Sessions and stars.
    pub store: Arc<dyn IdentityStore>,
    /// The people and their groups.
    pub catalog: Arc<CatalogAdapter>,
    /// `app.title`.
    pub title: Arc<str>,
    /// `organization.name`.
    pub organization: Arc<str>,
    /// Whether everybody may read.
    pub open_reading: bool,
    /// Whether there is a way to sign in.
    pub can_sign_in: bool,
}

/// Puts the actor, and what every page knows, into the request.
pub async fn identify(
    State(visitors): State<Visitors>,
    mut request: Request,
    next: Next,
) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let actor = visitors.actor(&jar).await;
    let boot = visitors.boot(&actor, &jar).await;
    let extensions = request.extensions_mut();
    extensions.insert(actor);
    extensions.insert(Arc::new(boot));
    next.run(request).await
}

impl Visitors {
    async fn actor(&self, jar: &CookieJar) -> Actor {
        let token = jar
            .get(cookie::SESSION)
            .and_then(|cookie| SessionToken::parse(cookie.value()));
        let user = match &token {
            Some(token) => self.user_of(token).await,
            None => None,
        };
        let groups = user
            .iter()
            .flat_map(|user| self.catalog.view().groups_of(user));
        Actor {
            ownership: user.iter().cloned().chain(groups).collect(),
            session: token
                .filter(|_| user.is_some())
                .map(|token| Secret::new(token.secret())),
            user,
            open_reading: self.open_reading,
        }
    }

    async fn user_of(&self, token: &SessionToken) -> Option<EntityRef> {
        match self.store.session(token, Utc::now()).await {
            Ok(session) => session.map(|session| session.user_ref),
            Err(error) => {
                tracing::error!(%error, "a session could not be read");
                None
            }
        }
    }

    async fn boot(&self, actor: &Actor, jar: &CookieJar) -> Boot {
        let view = self.catalog.view();
        let user = actor.user.as_ref().map(|user| BootUser {
            user: view.label(user),
            groups: view
                .groups_of(user)
                .iter()
                .map(|group| view.label(group))
                .collect(),
        });
        let settings = jar
            .get(cookie::SETTINGS)
            .map_or_else(Settings::default, |cookie| {
                cookie::parse_settings(cookie.value())
            });
        Boot {
            title: self.title.to_string(),
            organization: self.organization.to_string(),
            user,
            can_sign_in: self.can_sign_in,
            starred: self.starred(actor).await,
            settings,
            problems: view.errors(),
            seq: u64::try_from(view.seq()).unwrap_or_default(),
        }
    }

    async fn starred(&self, actor: &Actor) -> Vec<EntityCard> {
        let Some(user) = &actor.user else {
            return Vec::new();
        };
        let view = self.catalog.view();
        match self.store.stars(user).await {
            Ok(stars) => stars
                .iter()
                .map(|star| view.card(&star.entity_ref))
                .collect(),
            Err(error) => {
                tracing::error!(%error, "stars could not be read");
                Vec::new()
            }
        }
    }
}
