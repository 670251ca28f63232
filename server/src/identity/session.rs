//! Who is behind a request: the session cookie becomes an actor, before any handler runs.
//! What a page shows of them is not looked up here: see [`super::boot`].

use std::sync::Arc;

use app::context::{Actor, Secret};
use app::cookie;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use chrono::Utc;
use identity::{IdentityStore, Session, SessionToken};

use crate::catalog::CatalogAdapter;

/// What knows sessions and whose they are.
#[derive(Clone)]
pub struct Sessions {
    /// Sessions.
    pub store: Arc<dyn IdentityStore>,
    /// The people and their groups.
    pub catalog: Arc<CatalogAdapter>,
    /// Whether everybody may read.
    pub open_reading: bool,
}

/// Puts the actor into the request.
pub async fn identify(
    State(sessions): State<Sessions>,
    mut request: Request,
    next: Next,
) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let actor = sessions.actor(&jar).await;
    request.extensions_mut().insert(actor);
    next.run(request).await
}

impl Sessions {
    async fn actor(&self, jar: &CookieJar) -> Actor {
        let token = jar
            .get(cookie::SESSION)
            .and_then(|cookie| SessionToken::parse(cookie.value()));
        let found = match token {
            Some(token) => self.find(&token).await.map(|session| (token, session)),
            None => None,
        };
        match found {
            Some((token, session)) => self.signed_in(&token, session),
            None => self.visitor(),
        }
    }

    fn visitor(&self) -> Actor {
        Actor {
            user: None,
            ownership: Vec::new(),
            session: None,
            open_reading: self.open_reading,
        }
    }

    fn signed_in(&self, token: &SessionToken, session: Session) -> Actor {
        let user = session.user_ref;
        let groups = self.catalog.view().groups_of(&user);
        Actor {
            ownership: std::iter::once(user.clone()).chain(groups).collect(),
            session: Some(Secret::new(token.secret())),
            user: Some(user),
            open_reading: self.open_reading,
        }
    }

    async fn find(&self, token: &SessionToken) -> Option<Session> {
        match self.store.session(token, Utc::now()).await {
            Ok(session) => session,
            Err(error) => {
                tracing::error!(%error, "a session could not be read");
                None
            }
        }
    }
}
