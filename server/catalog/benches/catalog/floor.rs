//! What a server costs that does nothing: the same bytes for every request.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::routing::get;

/// Serves a body of so many bytes until it is killed; prints where.
pub(crate) async fn serve(bytes: usize) {
    let body = Bytes::from(vec![b'x'; bytes]);
    let answer = move || {
        let body = body.clone();
        async move {
            (
                [(header::CONTENT_TYPE, "application/json")],
                Body::from(body),
            )
        }
    };
    let router = Router::new().route("/", get(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("at http://{}", listener.local_addr().unwrap());
    axum::serve(listener, router).await.unwrap();
}
