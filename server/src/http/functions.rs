//! The pages' server functions, under `/api/`.

use app::context::Ports;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::handle_server_fns_with_context;

use super::table::{Route, Table};

/// Every function that is compiled in.
pub(super) fn add(table: &mut Table, ports: &Ports) {
    for (path, method) in server_fn_paths() {
        table.add(Route::new(method, path), function, ports.clone());
    }
}

async fn function(State(ports): State<Ports>, request: Request) -> Response {
    let context = move || provide_context(ports.clone());
    handle_server_fns_with_context(context, request)
        .await
        .into_response()
}
