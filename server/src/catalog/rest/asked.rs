//! What a request asks: its path, its query, read strictly, and its body.

use axum::body::to_bytes;
use axum::extract::{RawPathParams, Request};
use axum::http::{Method, header};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::http::ApiError;

/// The largest body, in bytes; requests are limited before they come here.
const BODY: usize = 1024 * 1024;

/// A request, read.
#[derive(Debug, Default)]
pub(super) struct Asked {
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    body: Map<String, Value>,
}

impl Asked {
    /// Refuses parameters that the endpoint does not have, and those without a value.
    pub(super) async fn read(
        path: &RawPathParams,
        request: Request,
        known: &[&str],
    ) -> Result<Self, ApiError> {
        let path = path
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let query = query(request.uri().query().unwrap_or_default(), known)?;
        let posted = matches!(*request.method(), Method::POST | Method::PUT);
        Ok(Self {
            path: path.collect(),
            query,
            body: if posted {
                body(request).await?
            } else {
                Map::new()
            },
        })
    }

    /// A part of the path, decoded.
    pub(super) fn part(&self, name: &str) -> &str {
        let mut parts = self.path.iter();
        let found = parts.find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The values of a parameter, in order.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let query = self.query.iter();
        query
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a parameter.
    pub(super) fn one<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// The values of a parameter that may also be a list with commas.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let values = self.all(name).flat_map(|value| value.split(','));
        let values = values.map(str::trim).filter(|value| !value.is_empty());
        values.map(str::to_owned).collect()
    }

    /// A whole number that is at least `least`.
    pub(super) fn number(&self, name: &str, least: i64) -> Result<Option<u32>, ApiError> {
        let Some(text) = self.one(name) else {
            return Ok(None);
        };
        let number: i64 = text
            .parse()
            .map_err(|_| ApiError::input(format!("request/query/{name} must be integer")))?;
        at_least(number, least, &format!("request/query/{name}")).map(Some)
    }

    /// All parameters but one, as they were given.
    pub(super) fn without<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let query = self.query.iter().filter(move |(known, _)| known != name);
        query.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The body of a POST or PUT.
    pub(super) fn body(&self) -> &Map<String, Value> {
        &self.body
    }

    /// A text that the body has to have.
    pub(super) fn text(&self, name: &str) -> Result<&str, ApiError> {
        let value = self.body.get(name).ok_or_else(|| {
            ApiError::input(format!("request/body must have required property '{name}'"))
        })?;
        value
            .as_str()
            .ok_or_else(|| ApiError::input(format!("request/body/{name} must be string")))
    }

    /// Refuses a body with other keys.
    pub(super) fn only_has(&self, known: &[&str]) -> Result<(), ApiError> {
        match self.body.keys().find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => Err(ApiError::input(format!(
                "request/body must NOT have additional property '{key}'"
            ))),
        }
    }

    /// A list of texts in the body.
    pub(super) fn texts(&self, name: &str) -> Result<Option<Vec<String>>, ApiError> {
        let Some(value) = self.body.get(name) else {
            return Ok(None);
        };
        let texts = value
            .as_array()
            .map(|items| items.iter().map(Value::as_str));
        let texts = texts.and_then(|texts| texts.map(|text| text.map(str::to_owned)).collect());
        match texts {
            Some(texts) => Ok(Some(texts)),
            None => Err(ApiError::input(format!(
                "request/body/{name} must be an array of strings"
            ))),
        }
    }

    /// A whole number in the body that is at least zero.
    pub(super) fn body_number(&self, name: &str) -> Result<Option<u32>, ApiError> {
        let Some(value) = self.body.get(name) else {
            return Ok(None);
        };
        let place = format!("request/body/{name}");
        let number = value
            .as_i64()
            .ok_or_else(|| ApiError::input(format!("{place} must be integer")))?;
        at_least(number, 0, &place).map(Some)
    }
}

fn at_least(number: i64, least: i64, place: &str) -> Result<u32, ApiError> {
    if number < least {
        return Err(ApiError::input(format!("{place} must be >= {least}")));
    }
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}

fn query(text: &str, known: &[&str]) -> Result<Vec<(String, String)>, ApiError> {
    let mut pairs = Vec::new();
    for part in text.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let (name, value) = (decoded(name), decoded(value));
        if !known.contains(&name.as_str()) {
            return Err(ApiError::input(format!("Unknown query parameter '{name}'")));
        }
        if value.is_empty() {
            let message = format!("Empty value found for query parameter '{name}'");
            return Err(ApiError::input(message));
        }
        pairs.push((name, value));
    }
    Ok(pairs)
}

fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

async fn body(request: Request) -> Result<Map<String, Value>, ApiError> {
    let content_type = request.headers().get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let is_json = content_type.is_some_and(|value| value.trim().starts_with("application/json"));
    if !is_json {
        let found = content_type.unwrap_or("none");
        return Err(ApiError::input(format!(
            "unsupported media type {found}; send application/json"
        )));
    }
    let bytes = to_bytes(request.into_body(), BODY)
        .await
        .map_err(|error| ApiError::input(format!("the body cannot be read: {error}")))?;
    serde_json::from_slice(&bytes)
        .map_err(|error| ApiError::input(format!("the body is not a JSON object: {error}")))
}
