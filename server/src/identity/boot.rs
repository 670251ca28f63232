//! What a page knows before it asks anything. It costs a look into the database, so it is put
//! together for pages only: not for server functions, exports, event streams or files.

use std::sync::Arc;

use app::boot::{Boot, BootUser};
use app::context::Actor;
use app::cookie;
use app::identity::port::IdentityPort;
use app::identity::types::{EntityCard, Settings};
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
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
    let Some(actor) = request.extensions().get::<Actor>().cloned() else {
        return render(request).await;
    };
    let in_browser = settings_of(&CookieJar::from_headers(request.headers()));
    let boot = knowledge.boot(&actor, &in_browser).await;
    let mirror = (boot.settings != in_browser).then(|| cookie::settings(&boot.settings));
    request.extensions_mut().insert(Arc::new(boot));
    let mut response = render(request).await;
    if let Some(Ok(value)) = mirror.map(HeaderValue::try_from) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

impl Knowledge {
    async fn boot(&self, actor: &Actor, in_browser: &Settings) -> Boot {
        let view = self.catalog.view();
        let can_read = actor.authorize_read().is_ok();
        let seq = u64::try_from(view.seq()).unwrap_or_default();
        Boot {
            title: self.title.clone(),
            organization: self.organization.clone(),
            user: actor.user.as_ref().map(|user| person(&view, user)),
            can_sign_in: self.can_sign_in,
            can_read,
            starred: self.starred(actor).await,
            settings: self.settings(actor, in_browser).await,
            problems: if can_read { view.errors() } else { 0 },
            seq: if can_read { seq } else { 0 },
        }
    }

    /// Whose settings hold. Somebody signed in: the stored ones, in every browser; the browser's
    /// cookie mirrors them, so that the look stays after signing out. Until they have stored any,
    /// and for visitors: the cookie's. Neither: the defaults.
    async fn settings(&self, actor: &Actor, in_browser: &Settings) -> Settings {
        self.identity
            .settings(actor)
            .await
            .inspect_err(|error| tracing::error!(%error, "settings could not be read"))
            .unwrap_or_default()
            .unwrap_or_else(|| in_browser.clone())
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
