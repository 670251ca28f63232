//! Accepts connections, so many at a time, with a deadline for headers, and drains them at the
//! end. `axum::serve` has neither limit, so that slow clients could hold the portal for ever.
//! HTTP/1.1 only: whoever speaks HTTP/2 with browsers stands in front of the portal, and a builder
//! that finds out the version waits for a silent client's first byte without a deadline.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use super::limits::Limits;
use super::overload;

/// After a failed accept (no file descriptors left), before the next.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` is cancelled, then gives open requests `drain` to end.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: CancellationToken,
    drain: Duration,
) {
    let doors = Doors::new(router, limits);
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    // A file's head and body are two writes: the second would wait for the first's
                    // acknowledgement, 40 ms. Without it, all is well but slower.
                    let _ = stream.set_nodelay(true);
                    doors.open(stream);
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    let drained = tokio::time::timeout(drain, doors.connections.shutdown()).await;
    if drained.is_err() {
        tracing::warn!("requests were still open when the portal stopped");
    }
}

/// Where connections come in: to the portal, or to be told that it is full.
struct Doors {
    connections: GracefulShutdown,
    headers: Duration,
    portal: (Router, Arc<Semaphore>),
    full: (Router, Arc<Semaphore>),
}

impl Doors {
    fn new(router: Router, limits: Limits) -> Self {
        Self {
            connections: GracefulShutdown::new(),
            headers: limits.headers,
            portal: (router, Arc::new(Semaphore::new(limits.connections))),
            full: (
                overload::full(),
                Arc::new(Semaphore::new(limits.turned_away)),
            ),
        }
    }

    /// A connection for which there is no place at all is closed.
    fn open(&self, stream: TcpStream) {
        for ((router, places), stays) in [(&self.portal, true), (&self.full, false)] {
            if let Ok(place) = Arc::clone(places).try_acquire_owned() {
                return self.speak(stream, router.clone(), stays, place);
            }
        }
        tracing::debug!("a connection was closed: there is no place for it");
    }

    fn speak(&self, stream: TcpStream, router: Router, stays: bool, place: OwnedSemaphorePermit) {
        let connection = Builder::new()
            .keep_alive(stays)
            .timer(TokioTimer::new())
            .header_read_timeout(self.headers)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
        let watched = self.connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = watched.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
}
