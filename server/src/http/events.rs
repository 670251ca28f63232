//! `/events`: one stream a tab, that says when the catalog has changed, and what happened to the
//! visitor elsewhere. Events: `hello` and `catalog` with the change feed's number, `star` with a
//! star of the visitor's, `bye` when the session has ended. A stream ends at once when the portal
//! stops: the browser comes back, to another replica or to the next process.

use std::convert::Infallible;

use app::context::Actor;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use catalog::service::CatalogService;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};
use tokio_util::sync::CancellationToken;

use super::origin;
use super::portal::Services;
use super::table::{Route, Table};
use crate::identity::{Listener, PersonalEvent, PersonalEvents};

#[derive(Clone)]
struct Sources {
    catalog: CatalogService,
    personal: PersonalEvents,
    stop: CancellationToken,
}

pub(super) fn add(table: &mut Table, services: &Services) {
    let sources = Sources {
        catalog: services.catalog.clone(),
        personal: services.personal.clone(),
        stop: services.stop.clone(),
    };
    table.add(Route::new(Method::GET, "/events"), events, sources);
}

async fn events(
    State(sources): State<Sources>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
) -> Response {
    if !origin::is_ours(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if actor.authorize_read().is_err() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let over = sources.stop.child_token();
    let personal = personal(&sources.personal, Listener::of(&actor), over.clone());
    let events = catalog(&sources.catalog).merge(personal);
    let events = events.map(Ok::<_, Infallible>);
    Sse::new(futures::StreamExt::take_until(
        events,
        over.cancelled_owned(),
    ))
    .keep_alive(KeepAlive::default())
    .into_response()
}

/// Where the catalog stands, then every change.
fn catalog(catalog: &CatalogService) -> impl Stream<Item = Event> + use<> {
    // Subscribed before the number is read, so that no change falls between the two.
    let changes = BroadcastStream::new(catalog.subscribe());
    let latest = catalog.snapshot().seq().to_string();
    let hello = Event::default().event("hello").data(latest);
    // A reader that fell behind has missed changes: any event makes its page ask again.
    let changes = changes.map(|change| {
        let seq = change.map(|change| change.seq).unwrap_or_default();
        Event::default().event("catalog").data(seq.to_string())
    });
    tokio_stream::once(hello).chain(changes)
}

/// What concerns the visitor; `over` is cancelled with the last thing that does. A tab that fell
/// far behind may have missed the end of its session: its stream ends, and it comes back.
fn personal(
    events: &PersonalEvents,
    listener: Listener,
    over: CancellationToken,
) -> impl Stream<Item = Event> + use<> {
    BroadcastStream::new(events.subscribe()).filter_map(move |event| match event {
        Ok(event) if !event.concerns(&listener) => None,
        Ok(PersonalEvent::Starred(_, starred)) => {
            Event::default().event("star").json_data(starred).ok()
        }
        Ok(PersonalEvent::SignedOut(_)) => {
            over.cancel();
            Some(Event::default().event("bye").data("signed out"))
        }
        Err(_lagged) => {
            over.cancel();
            None
        }
    })
}
