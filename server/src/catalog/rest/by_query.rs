//! `/entities/by-query`: pages of entities by cursors, to and fro.

use std::cmp::Ordering;
use std::sync::Arc;

use model::catalog::index::{CatalogIndex, KeptOrder, OrderedItem, Rows};
use serde_json::{Map, Value, json};

use super::asked::Asked;
use super::cursor::{Cursor, Key, Order};
use super::fields::Fields;
use super::full_text::FullText;
use super::reply::{List, Reply};
use crate::catalog::View;
use crate::http::ApiError;

pub(super) const PARAMETERS: &[&str] = &[
    "filter",
    "fields",
    "limit",
    "offset",
    "orderField",
    "cursor",
    "fullTextFilterTerm",
    "fullTextFilterFields",
    "totalItems",
];

/// Items a page, unless the request says otherwise.
const LIMIT: u32 = 200;

/// A question and the page of its answer.
struct Page {
    cursor: Cursor,
    fields: Fields,
    limit: u32,
    offset: u32,
    /// Whether the number of all items is wanted.
    counted: bool,
}

pub(super) fn get(view: &View, asked: &Asked) -> Result<Reply, ApiError> {
    let cursor = match asked.one("cursor") {
        Some(text) => Cursor::read(text)?,
        None => Cursor {
            filter: asked.all("filter").map(str::to_owned).collect(),
            order: asked.one("orderField").map(order).transpose()?,
            full_text: asked.one("fullTextFilterTerm").map(|term| FullText {
                term: term.to_owned(),
                fields: asked.list("fullTextFilterFields"),
            }),
            ..Cursor::default()
        },
    };
    let page = Page {
        cursor,
        fields: Fields::parse(asked.list("fields"))?,
        limit: asked.number("limit", 0)?.unwrap_or(LIMIT),
        offset: asked.number("offset", 0)?.unwrap_or(0),
        counted: counted(asked.one("totalItems"))?,
    };
    page.answer(view)
}

pub(super) fn post(view: &View, asked: &Asked) -> Result<Reply, ApiError> {
    let body = asked.body();
    let cursor = match body.get("cursor") {
        Some(Value::String(text)) => Cursor::read(text)?,
        Some(_) => return Err(ApiError::input("request/body/cursor must be string")),
        None => Cursor {
            query: body.get("query").cloned(),
            by_ref: true,
            order: body.get("orderBy").map(first_order).transpose()?.flatten(),
            full_text: body.get("fullTextFilter").map(full_text).transpose()?,
            ..Cursor::default()
        },
    };
    let page = Page {
        cursor,
        fields: Fields::parse(asked.texts("fields")?.unwrap_or_default())?,
        limit: asked.body_number("limit")?.unwrap_or(LIMIT),
        offset: asked.body_number("offset")?.unwrap_or(0),
        counted: counted(body.get("totalItems").and_then(Value::as_str))?,
    };
    page.answer(view)
}

/// `field`, `field,asc` or `field,desc`.
fn order(text: &str) -> Result<Order, ApiError> {
    let (field, direction) = text.split_once(',').unwrap_or((text, "asc"));
    let descending = match direction {
        "asc" => false,
        "desc" => true,
        _ => {
            return Err(ApiError::input(
                "Invalid order field, expected \"<field>,<asc or desc>\"",
            ));
        }
    };
    Ok(Order {
        field: field.to_owned(),
        descending,
    })
}

/// The first of `[{"field": …, "order": "asc" | "desc"}]`; all of them have to make sense.
fn first_order(value: &Value) -> Result<Option<Order>, ApiError> {
    let wrong =
        || ApiError::input("request/body/orderBy must be a list of {field, order: asc or desc}");
    let items = value.as_array().ok_or_else(wrong)?;
    let orders = items.iter().map(|item| {
        let text = |name| item.get(name).and_then(Value::as_str).ok_or_else(wrong);
        order(&format!("{},{}", text("field")?, text("order")?))
    });
    Ok(orders.collect::<Result<Vec<_>, _>>()?.into_iter().next())
}

fn full_text(value: &Value) -> Result<FullText, ApiError> {
    serde_json::from_value(value.clone())
        .map_err(|error| ApiError::input(format!("request/body/fullTextFilter: {error}")))
}

fn counted(total_items: Option<&str>) -> Result<bool, ApiError> {
    match total_items {
        None | Some("include") => Ok(true),
        Some("exclude") => Ok(false),
        Some(_) => Err(ApiError::input("totalItems must be include or exclude")),
    }
}

impl Page {
    fn answer(self, view: &View) -> Result<Reply, ApiError> {
        let order = Ordered::of(view.index(), &self.cursor)?;
        let total = match (self.counted, &self.cursor.from) {
            (false, _) => 0,
            (true, None) => order.rows.count(),
            (true, Some(_)) => self.cursor.total,
        };
        let shown = self.shown(&order);
        let info = Value::Object(self.info(&order, &shown, total));
        Ok(Reply::list(List {
            view: view.clone(),
            rows: shown.items.iter().map(|item| Some(item.row)).collect(),
            fields: self.fields,
            before: "{\"items\":",
            after: format!(",\"totalItems\":{total},\"pageInfo\":{info}}}"),
        }))
    }

    fn shown(&self, order: &Ordered<'_>) -> Shown {
        let limit = self.limit as usize;
        let forward = |items: &mut dyn Iterator<Item = OrderedItem>| Shown {
            items: items.take(limit).collect(),
            goes_on: items.next().is_some(),
        };
        match &self.cursor.from {
            None => forward(&mut order.from(0).skip(self.offset as usize)),
            Some(from) if self.cursor.back => {
                let end = order.place(from, false);
                let mut items: Vec<OrderedItem> = order.before(end).take(limit).collect();
                items.reverse();
                Shown {
                    items,
                    goes_on: order.from(end).next().is_some(),
                }
            }
            Some(from) => forward(&mut order.from(order.place(from, true))),
        }
    }

    /// The cursors to what is before and after.
    fn info(&self, order: &Ordered<'_>, shown: &Shown, total: u32) -> Map<String, Value> {
        let mut info = Map::new();
        let key = |item: &OrderedItem| order.key(*item);
        let ends = shown.items.first().zip(shown.items.last());
        let Some((first, last)) = ends.map(|(first, last)| (key(first), key(last))) else {
            return info;
        };
        let first_of_all = match &self.cursor.first {
            Some(known) => known.clone(),
            None => first.clone(),
        };
        let cursor = |from: Key, back: bool| {
            let cursor = Cursor {
                from: Some(from),
                back,
                first: Some(first_of_all.clone()),
                total,
                ..self.cursor.clone()
            };
            json!(cursor.write())
        };
        if shown.goes_on {
            info.insert("nextCursor".to_owned(), cursor(last, false));
        }
        if self.cursor.from.is_some() && first != first_of_all {
            info.insert("prevCursor".to_owned(), cursor(first, true));
        }
        info
    }
}

/// The items of a page, and whether there are more after them.
struct Shown {
    items: Vec<OrderedItem>,
    goes_on: bool,
}

/// Everything that a question finds, in its order. An entity with several values is there once
/// for each.
struct Ordered<'a> {
    index: &'a CatalogIndex,
    field: Option<&'a str>,
    descending: bool,
    by_ref: bool,
    all: Arc<KeptOrder>,
    rows: Rows,
}

impl<'a> Ordered<'a> {
    fn of(index: &'a CatalogIndex, cursor: &'a Cursor) -> Result<Self, ApiError> {
        let field = cursor.field();
        let all = index.order_by(match field {
            Some(field) => field,
            None if cursor.by_ref => "@ref",
            None => "metadata.uid",
        });
        let mut rows = index.matching(&cursor.predicate()?).within(&all);
        if let Some(full_text) = cursor.full_text.as_ref().filter(|own| own.has_wildcards()) {
            rows = rows.filtered(|row| full_text.matches(index, row, field));
        }
        Ok(Self {
            index,
            field,
            descending: cursor.order.as_ref().is_some_and(|order| order.descending),
            by_ref: cursor.by_ref,
            all,
            rows,
        })
    }

    /// What is found from a place of the whole order on.
    fn from(&self, place: usize) -> impl Iterator<Item = OrderedItem> {
        let places = place..self.all.items().len();
        places.filter_map(|place| self.at(place))
    }

    /// What is found before a place of the whole order, the nearest first.
    fn before(&self, place: usize) -> impl Iterator<Item = OrderedItem> {
        (0..place).rev().filter_map(|place| self.at(place))
    }

    fn at(&self, place: usize) -> Option<OrderedItem> {
        let item = self.item(place)?;
        self.rows.contains(item.row).then_some(item)
    }

    fn item(&self, place: usize) -> Option<OrderedItem> {
        let items = self.all.items();
        let at = match self.descending {
            true => items.len().checked_sub(place + 1)?,
            false => place,
        };
        items.get(at).copied()
    }

    fn compare(&self, a: &Key, b: &Key) -> Ordering {
        if self.descending { b.cmp(a) } else { a.cmp(b) }
    }

    fn key(&self, item: OrderedItem) -> Key {
        let text = |key: &str, at: u32| {
            let values = self.index.values(item.row, key);
            let value = values.get(at as usize);
            value.map(|value| value.to_lowercase()).unwrap_or_default()
        };
        let value = match self.field {
            Some(field) => text(field, item.value),
            None if self.by_ref => text("@ref", 0),
            None => String::new(),
        };
        (value, text("metadata.uid", 0))
    }

    /// Where in the whole order a key is or would be, or, `after` it too, what follows.
    fn place(&self, key: &Key, after: bool) -> usize {
        let (mut from, mut to) = (0, self.all.items().len());
        while from < to {
            let middle = from.midpoint(to);
            let order = self
                .item(middle)
                .map(|item| self.compare(&self.key(item), key));
            let stands_before = match order {
                Some(Ordering::Less) => true,
                Some(Ordering::Equal) => after,
                Some(Ordering::Greater) | None => false,
            };
            if stands_before {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }
}
