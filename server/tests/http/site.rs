//! A site of texts over real HTTP, for locations to be on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

/// What a path answers.
#[derive(Clone)]
pub(crate) enum Page {
    Text(String),
    Redirect(String),
    Endless,
}

/// The site; it is gone with the test.
#[derive(Clone, Default)]
pub(crate) struct Site {
    pages: Arc<Mutex<HashMap<String, Page>>>,
    pub(crate) address: String,
    /// Requests that were answered with a text, and those answered with "not modified".
    pub(crate) answered: Arc<Mutex<(usize, usize)>>,
}

impl Site {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            ..Self::default()
        };
        let router = Router::new().fallback(answer).with_state(site.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        site
    }

    pub(crate) fn put(&self, path: &str, text: impl Into<String>) -> String {
        self.page(path, Page::Text(text.into()))
    }

    pub(crate) fn page(&self, path: &str, page: Page) -> String {
        self.pages.lock().unwrap().insert(path.to_owned(), page);
        format!("{}{path}", self.address)
    }

    pub(crate) fn remove(&self, path: &str) {
        self.pages.lock().unwrap().remove(path);
    }

    /// The configuration that lets a portal read it.
    pub(crate) fn allowed(&self) -> String {
        let host = self.address.strip_prefix("http://").unwrap();
        format!("backend: {{reading: {{allow: [{{host: '{host}'}}]}}}}\n")
    }
}

async fn answer(State(site): State<Site>, request: Request) -> Response {
    let page = site
        .pages
        .lock()
        .unwrap()
        .get(request.uri().path())
        .cloned();
    match page {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(Page::Redirect(to)) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Some(Page::Endless) => {
            let chunks = std::iter::repeat_with(|| Ok::<_, std::io::Error>(vec![b'#'; 1 << 16]));
            Body::from_stream(tokio_stream::iter(chunks)).into_response()
        }
        Some(Page::Text(text)) => {
            let tag = format!(
                "\"{:x}-{}\"",
                text.len(),
                text.bytes().map(u64::from).sum::<u64>()
            );
            let known = request.headers().get(header::IF_NONE_MATCH);
            let is_known = known.is_some_and(|known| known.as_bytes() == tag.as_bytes());
            let mut answered = site.answered.lock().unwrap();
            if is_known {
                answered.1 += 1;
                return StatusCode::NOT_MODIFIED.into_response();
            }
            answered.0 += 1;
            ([(header::ETAG, tag)], text).into_response()
        }
    }
}
