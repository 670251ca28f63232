//! What a page knows before it asks anything. It costs a look into the database, so it is put
//! together for pages only: not for server functions, exports, event streams or files.

use std::sync::Arc;

use app::boot::{Boot, BootUser};
use app::context::Actor;
use app::cookie;
use app::identity::port::IdentityPort;
use app::identity::types::{EntityCard, Settings};
use axum::extract::Request;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use model::catalog::EntityRef;

use crate::catalog::{CatalogAdapter, View};

/// Where pages learn what they know.
pub struct Knowledge {
    /// Stars and settings.
    pub identity: Arc<dyn IdentityPort>,
    /// The people and their groups.
    pub catalog: Arc<CatalogAdapter>,
    /// `app.title`.
    pub title: String,
    /// `organization.name`.
    pub organization: String,
    /// Whether there is a way to sign in.
    pub can_sign_in: bool,
}

/// Renders a page that knows its visitor. Without an actor it knows nothing.
pub async fn know<F: Future<Output = Response>>(
    knowledge: &Knowledge,
    mut request: Request,
    render: impl FnOnce(Request) -> F,
) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    if let Some(actor) = request.extensions().get::<Actor>().cloned() {
        let boot = knowledge.boot(&actor, &jar).await;
        request.extensions_mut().insert(Arc::new(boot));
    }
    render(request).await
}

impl Knowledge {
    async fn boot(&self, actor: &Actor, jar: &CookieJar) -> Boot {
        let view = self.catalog.view();
        Boot {
            title: self.title.clone(),
            organization: self.organization.clone(),
            user: actor.user.as_ref().map(|user| person(&view, user)),
            can_sign_in: self.can_sign_in,
            starred: self.starred(actor).await,
            settings: settings_of(jar),
            problems: view.errors(),
            seq: u64::try_from(view.seq()).unwrap_or_default(),
        }
    }

    /// The stars, or none when they cannot be read: the page is worth more than its stars.
    async fn starred(&self, actor: &Actor) -> Vec<EntityCard> {
        self.identity
            .starred(actor)
            .await
            .inspect_err(|error| tracing::error!(%error, "stars could not be read"))
            .unwrap_or_default()
    }
}

fn person(view: &View, user: &EntityRef) -> BootUser {
    let groups = view.groups_of(user);
    BootUser {
        user: view.label(user),
        groups: groups.iter().map(|group| view.label(group)).collect(),
    }
}

fn settings_of(jar: &CookieJar) -> Settings {
    jar.get(cookie::SETTINGS)
        .map_or_else(Settings::default, |cookie| {
            cookie::parse_settings(cookie.value())
        })
}
