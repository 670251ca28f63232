//! `GET /entities`: a list, ordered and cut as Backstage does it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::catalog::filter::{Filter, Predicate};
use model::catalog::query::{OrderBy, Query};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::fields::Fields;
use super::reply::{List, Reply};
use crate::catalog::View;
use crate::http::ApiError;

pub(super) const PARAMETERS: &[&str] = &["filter", "fields", "limit", "offset", "after", "order"];

/// What `URLSearchParams` leaves as it is.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// Where a page begins, in `after`.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Position {
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u32>,
}

pub(super) fn list(view: &View, asked: &Asked) -> Result<Reply, ApiError> {
    let predicate = filter(asked)?;
    let fields = Fields::parse(asked.list("fields"))?;
    let orders = asked
        .all("order")
        .map(order)
        .collect::<Result<Vec<_>, _>>()?;
    let Some(position) = position(asked)? else {
        let query = whole(predicate, orders.into_iter().next());
        return Ok(entities(view, &query, fields));
    };
    let (limit, offset) = (position.limit, position.offset.unwrap_or(0));
    let query = Query {
        predicate,
        order: orders,
        offset,
        limit,
    };
    let total = view.index().count(&query.predicate);
    let next = limit.map(|limit| offset.saturating_add(limit));
    let next = next.filter(|next| *next < total).map(|offset| Position {
        limit,
        offset: Some(offset),
    });
    let link = next.map(|next| link(asked, &next));
    Ok(entities(view, &query, fields).linking(link))
}

/// The `filter` parameters of a request.
pub(super) fn filter(asked: &Asked) -> Result<Predicate, ApiError> {
    let filter = Filter::parse(asked.all("filter"));
    filter
        .map(|filter| filter.predicate())
        .map_err(|error| ApiError::input(error.to_string()))
}

/// Without pages: by uid, or by one key, leaving out what has no value for it.
fn whole(predicate: Predicate, order: Option<OrderBy>) -> Query {
    match order {
        None => Query::of(predicate).ordered(OrderBy::ascending("metadata.uid")),
        Some(order) => Query::of(with_value(predicate, &order.key)).ordered(order),
    }
}

/// What has a value to be ordered by.
fn with_value(predicate: Predicate, key: &str) -> Predicate {
    let valued = Predicate::HasPrefix(key.to_owned(), String::new());
    Predicate::All(vec![predicate, valued])
}

fn entities(view: &View, query: &Query, fields: Fields) -> Reply {
    let rows = view.index().query(query).rows;
    Reply::list(List {
        view: view.clone(),
        rows: rows.into_iter().map(Some).collect(),
        fields,
        before: "",
        after: String::new(),
    })
}

/// `asc:field` or `desc:field`.
fn order(text: &str) -> Result<OrderBy, ApiError> {
    match text.split_once(':') {
        Some(("asc", key)) if !key.is_empty() => Ok(OrderBy::ascending(key)),
        Some(("desc", key)) if !key.is_empty() => Ok(OrderBy::descending(key)),
        _ => Err(ApiError::input(format!(
            "Invalid order parameter \"{text}\", expected \"<asc or desc>:<field name>\""
        ))),
    }
}

/// The page asked for; `None` where everything is.
fn position(asked: &Asked) -> Result<Option<Position>, ApiError> {
    let limit = asked.number("limit", 1)?;
    let offset = asked.number("offset", 0)?;
    let Some(after) = asked.one("after") else {
        let paged = limit.is_some() || offset.is_some();
        return Ok(paged.then_some(Position { limit, offset }));
    };
    let position = STANDARD.decode(after).ok();
    let position = position.and_then(|json| serde_json::from_slice::<Position>(&json).ok());
    let position = position.ok_or_else(|| ApiError::input("Malformed after parameter"))?;
    Ok(Some(Position {
        limit: position.limit.or(limit),
        offset: position.offset,
    }))
}

/// The same request with another `after` and without an offset.
fn link(asked: &Asked, next: &Position) -> String {
    let after = STANDARD.encode(serde_json::to_string(next).unwrap_or_default());
    let others = asked.without("offset").filter(|(name, _)| *name != "after");
    let pairs = others.chain([("after", after.as_str())]);
    let form = |text| {
        utf8_percent_encode(text, FORM)
            .to_string()
            .replace("%20", "+")
    };
    let query: Vec<String> = pairs
        .map(|(name, value)| format!("{}={}", form(name), form(value)))
        .collect();
    format!("</entities?{}>; rel=\"next\"", query.join("&"))
}
