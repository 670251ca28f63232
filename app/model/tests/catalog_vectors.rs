//! Answers of the reference implementation, from the index. What only its REST contract has
//! (entities without the ordered key are left out, wildcards in text) is done here, in `rest`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

use model::catalog::filter::{Filter, Predicate};
use model::catalog::index::{CatalogIndex, Change};
use model::catalog::query::{OrderBy, Query};
use model::catalog::{Declared, EntityRef, EntityView, Relation};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn index() -> CatalogIndex {
    let entities = read(include_str!("vectors/catalog/expected-entities.json"));
    let mut index = CatalogIndex::new([].into());
    index.apply(entities.as_array().unwrap().iter().map(|value| {
        let source = EntityView(value).entity_ref().unwrap();
        let relations: Vec<Relation> =
            serde_json::from_value(value["relations"].clone()).unwrap_or_default();
        let declared = relations.into_iter().map(|relation| Declared {
            source: source.clone(),
            kind: relation.kind,
            target: relation.target,
        });
        Change::Put {
            relations: declared.collect(),
            entity_ref: source,
            value: value.clone(),
        }
    }));
    index
}

/// A recorded request, taken apart.
struct Request {
    path: String,
    parameters: Vec<(String, String)>,
    body: Value,
    recorded: Value,
}

impl Request {
    fn of(recorded: &Value) -> Self {
        let full = recorded["path"].as_str().unwrap();
        let (path, query) = full.split_once('?').unwrap_or((full, ""));
        let decode = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Self {
            path: path.to_owned(),
            parameters: pairs
                .map(|(key, value)| (decode(key), decode(value)))
                .collect(),
            body: recorded["body"].clone(),
            recorded: recorded.clone(),
        }
    }

    fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        let parameters = self.parameters.iter().filter(move |(own, _)| own == key);
        parameters.map(|(_, value)| value.as_str())
    }

    fn one(&self, key: &str) -> Option<String> {
        let body = self.body.get(key).map(|value| value.to_string());
        self.all(key).next().map(str::to_owned).or(body)
    }

    fn number(&self, key: &str) -> Option<u32> {
        self.one(key).map(|text| text.parse().unwrap())
    }

    fn filter(&self) -> Predicate {
        let filter = Filter::parse(self.all("filter")).unwrap().predicate();
        let query = self.body.get("query").map(posted);
        Predicate::All([filter].into_iter().chain(query).collect())
    }

    fn order(&self) -> Vec<OrderBy> {
        let order = |field: &str, direction: &str| match direction {
            "desc" => OrderBy::descending(field),
            _ => OrderBy::ascending(field),
        };
        let split = |text: &str, between: char| -> (String, String) {
            let (a, b) = text.split_once(between).unwrap_or((text, ""));
            (a.to_owned(), b.to_owned())
        };
        let query = self.all("orderField").map(|text| split(text, ','));
        let list = self
            .all("order")
            .map(|text| split(text, ':'))
            .map(|(a, b)| (b, a));
        let mut orders: Vec<OrderBy> = query.chain(list).map(|(a, b)| order(&a, &b)).collect();
        for by in self.body["orderBy"].as_array().into_iter().flatten() {
            let text = |key| by[key].as_str().unwrap();
            orders.push(order(text("field"), text("order")));
        }
        orders
    }

    fn text(&self) -> Option<(String, Vec<String>)> {
        let posted = self.body.get("fullTextFilter");
        if let Some(filter) = posted {
            let fields = filter["fields"].as_array().unwrap().iter();
            let fields = fields.map(|field| field.as_str().unwrap().to_owned());
            return Some((
                filter["term"].as_str().unwrap().to_owned(),
                fields.collect(),
            ));
        }
        let term = self.all("fullTextFilterTerm").next()?.to_owned();
        let ordered = self.order().first().map(|order| order.key.clone());
        let fields: Vec<String> = match self.all("fullTextFilterFields").next() {
            Some(list) => list.split(',').map(str::to_owned).collect(),
            None => vec![ordered.unwrap_or_else(|| "metadata.uid".to_owned())],
        };
        Some((term, fields))
    }
}

/// The predicates that a request body carries.
fn posted(query: &Value) -> Predicate {
    let members = query.as_object().unwrap();
    let list = |value: &Value| value.as_array().unwrap().iter().map(posted).collect();
    Predicate::All(
        members
            .iter()
            .map(|(key, value)| match key.as_str() {
                "$all" => Predicate::All(list(value)),
                "$any" => Predicate::Any(list(value)),
                "$not" => Predicate::Not(Box::new(posted(value))),
                _ => condition(key, value),
            })
            .collect(),
    )
}

fn condition(key: &str, value: &Value) -> Predicate {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let texts = |value: &Value| match value.get("$in").and_then(Value::as_array) {
        Some(values) => values.iter().map(text).collect(),
        None => vec![text(value)],
    };
    let Some((operator, operand)) = value.as_object().and_then(|members| members.iter().next())
    else {
        return Predicate::Equals(key.to_owned(), text(value));
    };
    match operator.as_str() {
        "$exists" if operand == &json!(true) => Predicate::Exists(key.to_owned()),
        "$exists" => Predicate::Not(Box::new(Predicate::Exists(key.to_owned()))),
        "$in" => Predicate::In(key.to_owned(), texts(value)),
        "$hasPrefix" => Predicate::HasPrefix(key.to_owned(), text(operand)),
        "$contains" if operand.is_object() => {
            let kind = operand["type"].as_str().unwrap();
            Predicate::In(format!("relations.{kind}"), texts(&operand["targetRef"]))
        }
        "$contains" => Predicate::Equals(key.to_owned(), text(operand)),
        other => panic!("unknown operator {other}"),
    }
}

/// `%` and `_` stand for any text and any character.
fn like(text: &str, pattern: &str) -> bool {
    match pattern.chars().next() {
        None => text.is_empty(),
        Some('%') => {
            let rest = &pattern[1..];
            (0..=text.len()).any(|at| text.is_char_boundary(at) && like(&text[at..], rest))
        }
        Some(wanted) => text.chars().next().is_some_and(|first| {
            (wanted == '_' || wanted == first)
                && like(&text[first.len_utf8()..], &pattern[wanted.len_utf8()..])
        }),
    }
}

/// What the REST contract adds: one order only, and whoever lacks that key is left out.
fn rest(index: &CatalogIndex, request: &Request) -> (u32, Vec<String>) {
    let mut parts = vec![request.filter()];
    let mut order = request.order();
    let by_query = request.path == "/entities/by-query";
    let paged = ["limit", "offset", "after"]
        .iter()
        .any(|key| request.one(key).is_some());
    if by_query || !paged {
        order.truncate(1);
        parts.extend(
            order
                .iter()
                .map(|order| Predicate::Exists(order.key.clone())),
        );
    }
    let query = Query {
        predicate: Predicate::All(parts),
        order,
        ..Query::default()
    };
    let mut rows = index.query(&query).rows;
    if let Some((term, fields)) = request.text() {
        let pattern = format!("%{}%", term.to_lowercase());
        rows.retain(|row| {
            let mut values = fields.iter().flat_map(|field| index.values(*row, field));
            values.any(|value| like(&value.to_lowercase(), &pattern))
        });
    }
    let total = u32::try_from(rows.len()).unwrap();
    let from = request.number("offset").unwrap_or(0) as usize;
    let limit = request.number("limit").unwrap_or(u32::MAX) as usize;
    let shown = rows.into_iter().skip(from).take(limit);
    let first = |row, key| index.values(row, key)[0].to_owned();
    let written = shown.map(|row| {
        let (kind, name) = (first(row, "kind"), first(row, "metadata.name"));
        format!("{kind}:{}/{name}", first(row, "metadata.namespace"))
    });
    (total, written.collect())
}

/// Ties have no order that a client could know, as it is that of random uids: compares the
/// values ordered by, and the entities as a set.
fn same_order(index: &CatalogIndex, request: &Request, ours: &[String], theirs: &[String]) {
    let values = |written: &[String]| -> Vec<Vec<String>> {
        let keys: Vec<String> = request.order().into_iter().map(|order| order.key).collect();
        let value = |row, key: &String| {
            let values = index.values(row, key);
            values
                .first()
                .map_or_else(String::new, |value| value.to_lowercase())
        };
        let rows = written
            .iter()
            .map(|text| index.find(&text.parse::<EntityRef>().unwrap()).unwrap());
        rows.map(|row| keys.iter().take(1).map(|key| value(row, key)).collect())
            .collect()
    };
    assert_eq!(values(ours), values(theirs), "{}", request.recorded["path"]);
}

fn strings(value: &Value) -> Option<Vec<String>> {
    let items = value.as_array()?.iter();
    items.map(|item| item.as_str().map(str::to_owned)).collect()
}

#[test]
fn lists_are_those_of_the_reference_implementation() {
    let index = index();
    let mut compared = 0;
    let all = read(include_str!("vectors/catalog/expected-responses.json"));
    for recorded in all["requests"].as_array().unwrap() {
        let request = Request::of(recorded);
        let listed = matches!(request.path.as_str(), "/entities" | "/entities/by-query");
        let Some(theirs) =
            strings(&recorded["items"]).filter(|_| listed && recorded["status"] == 200)
        else {
            continue;
        };
        if request
            .all("fields")
            .any(|fields| fields != "kind,metadata.name,metadata.namespace")
        {
            continue;
        }
        compare(&index, &request, theirs);
        compared += 1;
    }
    assert!(compared > 60, "only {compared} lists were compared");
}

fn compare(index: &CatalogIndex, request: &Request, mut theirs: Vec<String>) {
    let path = &request.recorded["path"];
    let (total, mut ours) = rest(index, request);
    let ordered_by_ref = request.order().is_empty() && request.recorded["ordered"] == true;
    if ordered_by_ref {
        assert_eq!(ours, theirs, "{path}");
        return;
    }
    assert_eq!(ours.len(), theirs.len(), "{path} {}", request.body);
    if request.order().is_empty() {
        // By uid, at random: what a page of that has cannot be known.
        if request.one("limit").is_some() {
            return;
        }
    } else {
        same_order(index, request, &ours, &theirs);
    }
    if request.recorded["body"]["totalItems"] != "exclude"
        && let Some(expected) = request.recorded["totalItems"].as_u64()
    {
        assert_eq!(u64::from(total), expected, "{path} {}", request.body);
    }
    if u32::try_from(ours.len()) == Ok(total) {
        ours.sort();
        theirs.sort();
        assert_eq!(ours, theirs, "{path} {}", request.body);
    }
}

#[test]
fn facets_are_those_of_the_reference_implementation() {
    let index = index();
    let mut compared = 0;
    let all = read(include_str!("vectors/catalog/expected-responses.json"));
    for recorded in all["requests"].as_array().unwrap() {
        let request = Request::of(recorded);
        if request.path != "/entity-facets" || recorded["status"] != 200 {
            continue;
        }
        let posted = strings(&request.body["facets"]).unwrap_or_default();
        let keys: Vec<&str> = request
            .all("facet")
            .chain(posted.iter().map(String::as_str))
            .collect();
        for facet in index.facets(&request.filter(), &keys) {
            let values = facet.values.iter();
            let ours: Value = values
                .map(|value| json!({ "value": value.value, "count": value.count }))
                .collect();
            assert_eq!(
                ours, recorded["json"]["facets"][&facet.key],
                "{}",
                facet.key
            );
            compared += 1;
        }
    }
    assert!(compared > 10, "only {compared} facets were compared");
}

#[test]
fn pages_follow_each_other_as_in_the_reference_implementation() {
    let index = index();
    let all = read(include_str!("vectors/catalog/expected-responses.json"));
    for walk in all["cursorWalks"].as_array().unwrap() {
        let path = format!("/entities/by-query?{}", walk["query"].as_str().unwrap());
        let pages = walk["forward"].as_array().unwrap().iter();
        let theirs: Vec<String> = pages
            .flat_map(|page| strings(&page["items"]).unwrap())
            .collect();
        let request = Request::of(&json!({ "path": path, "totalItems": theirs.len() }));
        compare(&index, &request, theirs);
    }
}

#[test]
fn a_condition_without_a_key_is_refused() {
    let all = read(include_str!("vectors/catalog/expected-responses.json"));
    let refused = all["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(Request::of)
        .filter(|request| {
            request.recorded["status"] == 400
                && request.all("filter").any(|filter| filter.starts_with('='))
        });
    let results: Vec<bool> = refused
        .map(|request| Filter::parse(request.all("filter")).is_err())
        .collect();
    assert!(!results.is_empty() && results.iter().all(|refused| *refused));
}
