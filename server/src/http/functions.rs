//! The pages' server functions, under `/api/`.

use app::catalog::api::{FetchEntity, FetchGraph, FetchMembers};
use app::context::Ports;
use app::error::PortalError;
use app::identity::api::{FetchSignInOptions, SaveSettings, SignInAsGuest, SignOut};
use app::wire;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use leptos::server_fn::ServerFn;
use leptos::server_fn::axum::server_fn_paths;
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use leptos_axum::handle_server_fns_with_context;

use super::table::{Route, Table};

/// What a visitor needs in order to sign in, and what is kept in the visitor's own browser.
const OPEN: [&str; 4] = [
    FetchSignInOptions::PATH,
    SignInAsGuest::PATH,
    SignOut::PATH,
    SaveSettings::PATH,
];

/// Questions that are too large for an address, and the one that is remembered as a visit.
const READING: [&str; 3] = [FetchEntity::PATH, FetchGraph::PATH, FetchMembers::PATH];

/// The text of an error, in bytes.
const LARGEST_ERROR: usize = 64 * 1024;

/// Every function that is compiled in.
pub(super) fn add(table: &mut Table, ports: &Ports) {
    for (path, method) in server_fn_paths() {
        table.add(route(method, path), function, ports.clone());
    }
}

fn route(method: Method, path: &str) -> Route {
    let route = Route::new(method, path);
    if OPEN.contains(&path) {
        route.open()
    } else if READING.contains(&path) {
        route.reading()
    } else {
        route
    }
}

async fn function(State(ports): State<Ports>, request: Request) -> Response {
    let context = move || provide_context(ports.clone());
    let answer = handle_server_fns_with_context(context, request).await;
    with_status(answer.into_response()).await
}

/// Leptos answers `500` to arguments that it cannot read; the error knows better.
async fn with_status(answer: Response) -> Response {
    let is_error = answer.headers().contains_key(SERVER_FN_ERROR_HEADER);
    if !is_error || answer.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let text = to_bytes(body, LARGEST_ERROR).await.unwrap_or_default();
    let error = wire::decode::<PortalError>(&text);
    if let Some(status) = error.ok().and_then(status_of) {
        parts.status = status;
    }
    Response::from_parts(parts, text.into())
}

#[expect(clippy::needless_pass_by_value, reason = "an argument of and_then")]
fn status_of(error: PortalError) -> Option<StatusCode> {
    StatusCode::from_u16(error.status()).ok()
}
