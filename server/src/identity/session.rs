//! Who is behind a request: a token or the session cookie becomes an actor, before any handler runs.
//! What a page shows of them is not looked up here: see [`super::boot`].

use std::sync::Arc;
use std::time::Duration;

use app::context::{Actor, Program, Secret};
use app::cookie;
use axum::extract::{Request, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use chrono::{DateTime, Utc};
use identity::{IdentityStore, Session, SessionToken};
use tokio::time::timeout;

use super::lifetime;
use super::programs::Programs;
use crate::catalog::CatalogAdapter;

/// How long a request waits for its session's use to be written.
const PATIENCE: Duration = Duration::from_secs(1);

/// What knows sessions and whose they are.
#[derive(Clone)]
pub struct Sessions {
    /// Sessions.
    pub store: Arc<dyn IdentityStore>,
    /// The people and their groups.
    pub catalog: Arc<CatalogAdapter>,
    /// The programs that may ask, by their tokens.
    pub programs: Arc<Programs>,
    /// Whether everybody may read.
    pub open_reading: bool,
}

/// A session that is there, and the token that opens it.
struct Found {
    token: SessionToken,
    session: Session,
}

/// Puts the actor into the request, and lets a session that is used last longer.
pub async fn identify(
    State(sessions): State<Sessions>,
    mut request: Request,
    next: Next,
) -> Response {
    let program = match sessions.programs.of(request.headers()) {
        Ok(program) => program,
        Err(error) => return error.answer(request.method(), request.uri()),
    };
    let now = Utc::now();
    let found = sessions.find(request.headers(), now).await;
    let renewed = match &found {
        Some(found) => sessions.renew(found, now).await,
        None => None,
    };
    let actor = match program {
        Some(program) => sessions.program(program),
        None => sessions.actor(found),
    };
    request.extensions_mut().insert(actor);
    let mut response = next.run(request).await;
    if let Some(cookie) = renewed {
        add_session_cookie(response.headers_mut(), &cookie);
    }
    response
}

impl Sessions {
    fn program(&self, program: Program) -> Actor {
        Actor {
            user: None,
            ownership: Vec::new(),
            program: Some(program),
            session: None,
            open_reading: self.open_reading,
        }
    }

    fn actor(&self, found: Option<Found>) -> Actor {
        let session = found
            .as_ref()
            .map(|found| Secret::new(found.token.secret()));
        let view = self.catalog.view();
        // Whoever has left the organisation has left the portal, too.
        let user = found
            .map(|found| found.session.user_ref)
            .filter(|user| view.label(user).exists);
        let groups = user.iter().flat_map(|user| view.groups_of(user));
        Actor {
            ownership: user.iter().cloned().chain(groups).collect(),
            session,
            program: None,
            user,
            open_reading: self.open_reading,
        }
    }

    async fn find(&self, headers: &HeaderMap, now: DateTime<Utc>) -> Option<Found> {
        let jar = CookieJar::from_headers(headers);
        let token = SessionToken::parse(jar.get(cookie::SESSION)?.value())?;
        match self.store.session(&token, now).await {
            Ok(session) => session.map(|session| Found { token, session }),
            Err(error) => {
                tracing::error!(%error, "a session could not be read");
                None
            }
        }
    }

    /// Writes that the session is used, every few minutes at most; then the browser is to keep
    /// its cookie as long. A database that is busy is worth no wait: the next request will do.
    async fn renew(&self, found: &Found, now: DateTime<Utc>) -> Option<String> {
        if !found.session.is_due(now) {
            return None;
        }
        let expires = lifetime::end(found.session.created, now);
        let written = self.store.touch_session(&found.token, now, expires);
        match timeout(PATIENCE, written).await {
            Ok(Ok(true)) => Some(lifetime::cookie(&found.token, now, expires)),
            Ok(Ok(false)) | Err(_) => None,
            Ok(Err(error)) => {
                tracing::error!(%error, "a session could not be made to last");
                None
            }
        }
    }
}

/// Unless the answer has something of its own to say: the session has just ended, or another began.
fn add_session_cookie(headers: &mut HeaderMap, cookie: &str) {
    let is_session = |value: &HeaderValue| value.as_bytes().starts_with(cookie::SESSION.as_bytes());
    if headers.get_all(SET_COOKIE).iter().any(is_session) {
        return;
    }
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(SET_COOKIE, value);
    }
}
