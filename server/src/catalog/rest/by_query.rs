//! `/entities/by-query`: pages of entities by cursors, to and fro.

use std::cmp::Ordering;

use model::catalog::index::CatalogIndex;
use model::catalog::query::{OrderBy, Query, RowId};
use serde_json::{Map, Value, json};

use super::asked::Asked;
use super::cursor::{Cursor, Key, Order};
use super::entities::with_value;
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
        let index = view.index();
        let order = Ordered::of(index, &self.cursor)?;
        let total = match (self.counted, &self.cursor.from) {
            (false, _) => 0,
            (true, None) => order.entities,
            (true, Some(_)) => self.cursor.total,
        };
        let range = self.range(&order);
        let shown = order.items.get(range.clone()).unwrap_or_default();
        let rows = shown.iter().map(|item| Some(item.row)).collect();
        let info = Value::Object(self.info(&order, range, total));
        Ok(Reply::list(List {
            view: view.clone(),
            rows,
            fields: self.fields,
            before: "{\"items\":",
            after: format!(",\"totalItems\":{total},\"pageInfo\":{info}}}"),
        }))
    }

    fn range(&self, order: &Ordered<'_>) -> std::ops::Range<usize> {
        let limit = self.limit as usize;
        let all = order.items.len();
        match &self.cursor.from {
            None => {
                let start = (self.offset as usize).min(all);
                start..start.saturating_add(limit).min(all)
            }
            Some(from) if self.cursor.back => {
                let end = order.place(from, false);
                end.saturating_sub(limit)..end
            }
            Some(from) => {
                let start = order.place(from, true);
                start..start.saturating_add(limit).min(all)
            }
        }
    }

    /// The cursors to what is before and after.
    fn info(
        &self,
        order: &Ordered<'_>,
        range: std::ops::Range<usize>,
        total: u32,
    ) -> Map<String, Value> {
        let mut info = Map::new();
        let key = |at: usize| order.items.get(at).map(|item| order.key(item));
        let ends = range.end.checked_sub(1).and_then(key).zip(key(range.start));
        let Some((last, first)) = ends.filter(|_| self.limit > 0 && !range.is_empty()) else {
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
        if range.end < order.items.len() {
            info.insert("nextCursor".to_owned(), cursor(last, false));
        }
        if self.cursor.from.is_some() && first != first_of_all {
            info.insert("prevCursor".to_owned(), cursor(first, true));
        }
        info
    }
}

/// One item of the answer: an entity, or one of its values.
struct Item {
    row: RowId,
    /// In lower case; `None` where the entity has only one.
    value: Option<String>,
}

/// Everything that a question finds, in its order.
struct Ordered<'a> {
    index: &'a CatalogIndex,
    order: Option<Order>,
    by_ref: bool,
    items: Vec<Item>,
    entities: u32,
}

impl<'a> Ordered<'a> {
    fn of(index: &'a CatalogIndex, cursor: &Cursor) -> Result<Self, ApiError> {
        let predicate = cursor.predicate()?;
        let query = match &cursor.order {
            None if cursor.by_ref => Query::of(predicate),
            None => Query::of(predicate).ordered(OrderBy::ascending("metadata.uid")),
            Some(order) => {
                let by = |key: &str| OrderBy {
                    descending: order.descending,
                    ..OrderBy::ascending(key)
                };
                Query::of(with_value(predicate, &order.field))
                    .ordered(by(&order.field))
                    .ordered(by("metadata.uid"))
            }
        };
        let mut rows = index.query(&query).rows;
        if let Some(full_text) = cursor.full_text.as_ref().filter(|own| own.has_wildcards()) {
            rows.retain(|row| full_text.matches(index, *row, cursor.field()));
        }
        let mut ordered = Self {
            index,
            order: cursor.order.clone(),
            by_ref: cursor.by_ref,
            items: Vec::new(),
            entities: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        };
        ordered.fill(rows);
        Ok(ordered)
    }

    /// An entity with several values is there once for each.
    fn fill(&mut self, rows: Vec<RowId>) {
        let index = self.index;
        let field = self.order.as_ref().map(|order| order.field.clone());
        let values = |row: RowId| {
            field
                .as_ref()
                .map_or_else(Vec::new, |field| index.values(row, field))
        };
        let several = rows.iter().any(|row| values(*row).len() > 1);
        let one = |row| Item { row, value: None };
        if !several {
            self.items = rows.into_iter().map(one).collect();
            return;
        }
        let each = |row: RowId| {
            let values = values(row).into_iter().map(str::to_lowercase);
            values.map(move |value| Item {
                row,
                value: Some(value),
            })
        };
        let mut keyed: Vec<(Key, Item)> = rows
            .into_iter()
            .flat_map(each)
            .map(|item| (self.key(&item), item))
            .collect();
        keyed.sort_by(|(a, _), (b, _)| self.compare(a, b));
        self.items = keyed.into_iter().map(|(_, item)| item).collect();
    }

    fn compare(&self, a: &Key, b: &Key) -> Ordering {
        let descending = self.order.as_ref().is_some_and(|order| order.descending);
        if descending { b.cmp(a) } else { a.cmp(b) }
    }

    fn key(&self, item: &Item) -> Key {
        let first = |key: &str| {
            let values = self.index.values(item.row, key);
            values
                .first()
                .map(|value| value.to_lowercase())
                .unwrap_or_default()
        };
        let value = match (&item.value, &self.order) {
            (Some(value), _) => value.clone(),
            (None, Some(order)) => first(&order.field),
            (None, None) if self.by_ref => first("@ref"),
            (None, None) => String::new(),
        };
        (value, first("metadata.uid"))
    }

    /// How many items stand before a key, or, `after` it too, at it.
    fn place(&self, key: &Key, after: bool) -> usize {
        self.items
            .partition_point(|item| match self.compare(&self.key(item), key) {
                Ordering::Less => true,
                Ordering::Equal => after,
                Ordering::Greater => false,
            })
    }
}
