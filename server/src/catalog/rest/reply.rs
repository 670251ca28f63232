//! Answers: JSON text that is joined, not serialised again.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::catalog::query::RowId;

use super::fields::Fields;
use crate::catalog::{View, source};

const JSON: &str = "application/json; charset=utf-8";

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    status: StatusCode,
    body: String,
    link: Option<String>,
}

impl Reply {
    pub(super) fn json(body: impl Into<String>) -> Self {
        Self {
            status: StatusCode::OK,
            body: body.into(),
            link: None,
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
        if self.body.is_empty() {
            return self.status.into_response();
        }
        let headers = [(header::CONTENT_TYPE, JSON)];
        let mut response = (self.status, headers, self.body).into_response();
        let link = self.link.and_then(|link| HeaderValue::try_from(link).ok());
        if let Some(link) = link {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }
}

/// One entity as it is served; `None` when the row is none of the snapshot's.
pub(super) fn entity(view: &View, row: RowId, fields: &Fields) -> Option<String> {
    let own = view.get(view.index().entity_ref(row)?)?;
    Some(fields.of(source::served(view, own)))
}

/// Entities as a JSON array.
pub(super) fn array(items: impl Iterator<Item = String>) -> String {
    let mut text = "[".to_owned();
    for (at, item) in items.enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(&item);
    }
    text.push(']');
    text
}
