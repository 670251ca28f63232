//! The pages' server functions, under `/api/`.

use app::catalog::api::{FetchGraph, FetchMembers};
use app::context::Ports;
use app::identity::api::{FetchSignInOptions, SaveSettings, SignInAsGuest, SignOut};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use leptos::server_fn::ServerFn;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::handle_server_fns_with_context;

use super::table::{Route, Table};

/// What a visitor needs in order to sign in, and what is kept in the visitor's own browser.
const OPEN: [&str; 4] = [
    FetchSignInOptions::PATH,
    SignInAsGuest::PATH,
    SignOut::PATH,
    SaveSettings::PATH,
];

/// Questions that are too large for an address.
const READING: [&str; 2] = [FetchGraph::PATH, FetchMembers::PATH];

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
    handle_server_fns_with_context(context, request)
        .await
        .into_response()
}
