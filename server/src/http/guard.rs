//! Who may ask what, decided before any handler runs. The services decide once more, and finer:
//! this is the net below them.

use app::context::Actor;
use app::error::PortalError;
use app::redirect::local;
use app::shell::here::sign_in_href;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::ApiError;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody: nothing of the catalog is said, nothing of anybody else's is changed.
    Anybody,
    /// Whoever may read: people who have signed in, or everybody where reading is open.
    Readers,
    /// People who have signed in, and programs to which it is granted.
    Writers,
    /// People who have signed in, also where reading is open.
    SignedIn,
}

/// Who is let through to a route, and how others are told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guard {
    pub(super) access: Access,
    /// Whether only programs ask: then nobody is sent to sign in.
    pub(super) is_api: bool,
}

pub(super) async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    if allows(guard.access, request.extensions().get::<Actor>()).is_ok() {
        next.run(request).await
    } else if guard.is_api {
        ApiError::missing_credentials().answer(request.method(), request.uri())
    } else {
        refuse(&request)
    }
}

fn allows(access: Access, actor: Option<&Actor>) -> Result<(), PortalError> {
    let actor = || actor.ok_or(PortalError::Unauthenticated);
    match access {
        Access::Anybody => Ok(()),
        // What a program may do depends on what it asks.
        Access::Readers if actor()?.program.is_some() => Ok(()),
        Access::Readers => actor()?.authorize_read(),
        Access::Writers if actor()?.program.is_some() => Ok(()),
        Access::Writers | Access::SignedIn => actor()?.require_user().map(drop),
    }
}

/// A browser is sent to sign in and comes back to its page; a program is told.
fn refuse(request: &Request) -> Response {
    let headers = request.headers();
    if !accepts_html(headers) {
        let error = PortalError::Unauthenticated;
        return (StatusCode::UNAUTHORIZED, Json(error)).into_response();
    }
    let page = if request.method() == Method::GET {
        path_of(request.uri())
    } else {
        referer(headers)
    };
    let next = page.unwrap_or_else(|| "/".to_owned());
    Redirect::to(&sign_in_href(local(&next))).into_response()
}

fn accepts_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT);
    accept.is_some_and(|value| value.to_str().is_ok_and(|text| text.contains("text/html")))
}

fn path_of(uri: &Uri) -> Option<String> {
    Some(uri.path_and_query()?.to_string())
}

/// The page that a form stands on; one of another site's has been taken away by then.
fn referer(headers: &HeaderMap) -> Option<String> {
    let address = headers.get(header::REFERER)?.to_str().ok()?;
    path_of(&address.parse().ok()?)
}
