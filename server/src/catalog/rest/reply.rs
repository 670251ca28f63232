//! Answers: JSON text that is joined, not serialised again, and lists that are sent while they are
//! being joined: a list of everything is not held in memory.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::stream;
use model::catalog::query::RowId;

use super::fields::Fields;
use crate::catalog::{View, source};

const JSON: &str = "application/json; charset=utf-8";
/// Entities that are sent at once.
const CHUNK: usize = 64;

/// An answer.
pub(super) struct Reply {
    status: StatusCode,
    content: Content,
    link: Option<String>,
}

enum Content {
    Text(String),
    List(List),
}

/// Entities as a JSON array, with text before and after it.
pub(super) struct List {
    pub(super) view: View,
    /// In the order of the answer.
    pub(super) rows: Vec<Option<RowId>>,
    pub(super) fields: Fields,
    pub(super) before: &'static str,
    pub(super) after: String,
}

impl Reply {
    pub(super) fn json(body: impl Into<String>) -> Self {
        Self {
            status: StatusCode::OK,
            content: Content::Text(body.into()),
            link: None,
        }
    }

    pub(super) fn list(list: List) -> Self {
        Self {
            content: Content::List(list),
            ..Self::json("")
        }
    }

    /// Nothing but a status.
    pub(super) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            ..Self::json("")
        }
    }

    pub(super) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// With where the next page is.
    pub(super) fn linking(mut self, link: Option<String>) -> Self {
        self.link = link;
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let body = match self.content {
            Content::Text(text) if text.is_empty() => return self.status.into_response(),
            Content::Text(text) => Body::from(text),
            Content::List(list) => list.into_body(),
        };
        let headers = [(header::CONTENT_TYPE, JSON)];
        let mut response = (self.status, headers, body).into_response();
        let link = self.link.and_then(|link| HeaderValue::try_from(link).ok());
        if let Some(link) = link {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }
}

impl List {
    fn into_body(self) -> Body {
        let chunks = (0..=self.rows.len() / CHUNK).map(move |at| self.chunk(at));
        Body::from_stream(stream::iter(chunks.map(Ok::<_, Infallible>)))
    }

    /// One of the pieces that are sent; together they are the answer.
    fn chunk(&self, at: usize) -> Bytes {
        let (first, last) = (at == 0, at == self.rows.len() / CHUNK);
        let rows = self.rows.iter().skip(at * CHUNK).take(CHUNK);
        let items: Vec<String> = rows.map(|row| self.item(*row)).collect();
        let comma = if first || items.is_empty() { "" } else { "," };
        let mut text = if first {
            format!("{}[", self.before)
        } else {
            String::new()
        };
        text.push_str(comma);
        text.push_str(&items.join(","));
        if last {
            text.push(']');
            text.push_str(&self.after);
        }
        text.into()
    }

    fn item(&self, row: Option<RowId>) -> String {
        let entity = row.and_then(|row| entity(&self.view, row, &self.fields));
        entity.unwrap_or_else(|| "null".to_owned())
    }
}

/// One entity as it is served; `None` when the row is none of the snapshot's.
pub(super) fn entity(view: &View, row: RowId, fields: &Fields) -> Option<String> {
    let own = view.get(view.index().entity_ref(row)?)?;
    Some(fields.of(source::served(view, own)))
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    #[tokio::test]
    async fn a_list_is_whole_however_many_pieces_it_is_sent_in() {
        for count in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let list = List {
                view: View::empty(),
                rows: vec![None; count],
                fields: Fields::default(),
                before: "{\"items\":",
                after: "}".to_owned(),
            };
            let body = Reply::list(list).into_response().into_body();
            let text = to_bytes(body, usize::MAX).await.unwrap();
            let json: serde_json::Value = serde_json::from_slice(&text).unwrap();
            assert_eq!(json["items"].as_array().unwrap().len(), count);
        }
    }
}
