//! `/events`: one stream a tab, that says when the catalog has changed, and what happened to the
//! visitor elsewhere. Events: `hello` and `catalog` with the change feed's number, `star` with a
//! star of the visitor's, `bye` when the session has ended.

use std::convert::Infallible;

use app::context::Actor;
use axum::Extension;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use catalog::service::CatalogService;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use super::table::{Route, Table};
use crate::identity::{PersonalEvent, PersonalEvents};

#[derive(Clone)]
struct Sources {
    catalog: CatalogService,
    personal: PersonalEvents,
}

pub(super) fn add(table: &mut Table, catalog: CatalogService, personal: PersonalEvents) {
    let sources = Sources { catalog, personal };
    table.add(Route::new(Method::GET, "/events"), events, sources);
}

async fn events(State(sources): State<Sources>, Extension(actor): Extension<Actor>) -> Response {
    if actor.authorize_read().is_err() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let catalog = catalog(&sources.catalog).map(|event| (false, event));
    let mut ended = false;
    // Nothing follows the end of the session.
    let events = catalog
        .merge(personal(&sources.personal, actor))
        .take_while(move |(last, _)| {
            let more = !ended;
            ended |= *last;
            more
        });
    Sse::new(events.map(|(_, event)| Ok::<_, Infallible>(event)))
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

/// What concerns the visitor, and whether it is the last thing that does. One who fell far behind
/// misses stars until the next page.
fn personal(events: &PersonalEvents, actor: Actor) -> impl Stream<Item = (bool, Event)> + use<> {
    BroadcastStream::new(events.subscribe())
        .filter_map(Result::ok)
        .filter(move |event| event.concerns(&actor))
        .filter_map(|event| match event {
            PersonalEvent::Starred(_, starred) => {
                let event = Event::default().event("star").json_data(starred);
                event.ok().map(|event| (false, event))
            }
            PersonalEvent::SignedOut(_) => {
                Some((true, Event::default().event("bye").data("signed out")))
            }
        })
}
