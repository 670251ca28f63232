//! `/events`: one stream a tab, that says when the catalog has changed.

use std::convert::Infallible;

use app::context::Actor;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use catalog::service::CatalogService;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::BroadcastStream;

pub(super) fn routes(catalog: CatalogService) -> Router {
    Router::new()
        .route("/events", get(events))
        .with_state(catalog)
}

async fn events(
    State(catalog): State<CatalogService>,
    Extension(actor): Extension<Actor>,
) -> Response {
    if actor.authorize_read().is_err() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    // A reader that fell behind has missed changes: any event makes its page ask again.
    let changes = BroadcastStream::new(catalog.subscribe()).map(|change| {
        let seq = change.map(|change| change.seq).unwrap_or_default();
        Ok::<_, Infallible>(Event::default().event("catalog").data(seq.to_string()))
    });
    Sse::new(changes)
        .keep_alive(KeepAlive::default())
        .into_response()
}
