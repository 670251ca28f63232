//! What the index costs: filling it, its memory, one change, and the questions of a catalog
//! page. Prints figures; nothing here can fail for being slow.

#![allow(
    clippy::indexing_slicing,
    missing_docs,
    reason = "a program that prints figures"
)]

#[path = "../../../server/benches/synthetic/mod.rs"]
mod synthetic;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use model::catalog::EntityView;
use model::catalog::filter::{Filter, Predicate};
use model::catalog::index::{CatalogIndex, FieldSpec};
use model::catalog::page::{CatalogQuery, Viewer, answer_page};
use model::catalog::query::{OrderBy, Query};
use model::catalog::relations::declared;
use serde_json::Value;

fn main() {
    println!("entities  JSON/entity  fill  index/entity  one change p50/p99");
    for n in [1_000, 10_000, 50_000] {
        measure(n);
    }
}

fn measure(n: usize) {
    let bodies: Vec<String> = synthetic::entities(n)
        .map(|value| value.to_string())
        .collect();
    let bytes: usize = bodies.iter().map(String::len).sum();
    let before = resident();
    let start = Instant::now();
    let index = filled(&bodies);
    let fill = start.elapsed();
    index.warm();
    let warm = start.elapsed() - fill;
    let memory = resident().saturating_sub(before);
    let (half, most) = changes(&index, &bodies);
    println!(
        "{n:>8}  {:>8} B  {:>5} ms (+{} ms of orders)  {:>6} B  {half:?} / {most:?}",
        bytes / n,
        fill.as_millis(),
        warm.as_millis(),
        memory / n,
    );
    questions(&index);
}

fn filled(bodies: &[String]) -> CatalogIndex {
    let mut index = CatalogIndex::new(fields());
    let mut edit = index.edit();
    for body in bodies {
        put(&mut edit, &serde_json::from_str(body).unwrap_or_default());
    }
    drop(edit);
    index
}

fn put(edit: &mut model::catalog::index::Edit<'_>, value: &Value) {
    if let (Ok(entity_ref), Ok(relations)) = (EntityView(value).entity_ref(), declared(value)) {
        edit.put(&entity_ref, value, &relations);
    }
}

/// A field that goes by the domain and one that goes by the owner, as an organisation has them.
fn fields() -> Arc<[FieldSpec]> {
    let field = |id: &str, inherit: &[&str]| FieldSpec {
        id: id.to_owned(),
        title: id.to_owned(),
        path: format!("spec.{id}"),
        kinds: vec!["Component".to_owned(), "Domain".to_owned()],
        filter: true,
        column: true,
        inherit: inherit.iter().map(|path| (*path).to_owned()).collect(),
    };
    Arc::new([
        field("tier", &["spec.domain"]),
        field("colony", &["spec.owner", "spec.parent"]),
    ])
}

/// A copy of the index, one entity with another description, type and owner.
fn changes(index: &CatalogIndex, bodies: &[String]) -> (Duration, Duration) {
    let mut current = index.clone();
    quantiles(400, |at| {
        let mut value: Value =
            serde_json::from_str(&bodies[at * 97 % bodies.len()]).unwrap_or_default();
        value["metadata"]["description"] = format!("changed for the {at}th time").into();
        if value["kind"] == "Component" {
            value["spec"]["owner"] = "payments-gateway-0-squad".into();
            value["spec"]["type"] = "worker".into();
        }
        let start = Instant::now();
        let mut next = current.clone();
        put(&mut next.edit(), &value);
        let took = start.elapsed();
        current = next;
        took
    })
}

fn questions(index: &CatalogIndex) {
    let three = || {
        let filter = Filter::parse(["kind=component,spec.type=service,spec.lifecycle=production"]);
        filter
            .map(|filter| filter.predicate())
            .unwrap_or(Predicate::EVERYTHING)
    };
    let contains = || Predicate::Contains {
        keys: vec!["metadata.name".to_owned(), "metadata.title".to_owned()],
        term: "gateway".to_owned(),
    };
    let words = || Predicate::Words("gateway".to_owned());
    let all = |parts: Vec<Predicate>| Predicate::All(parts);
    let by_title = || OrderBy::descending("metadata.title");
    let narrow = |text| Query::of(all(vec![three(), text])).ordered(by_title());
    let time = |name: &str, ask: &dyn Fn()| {
        let start = Instant::now();
        ask();
        let first = start.elapsed();
        let (half, most) = quantiles(300, |_| {
            let start = Instant::now();
            ask();
            start.elapsed()
        });
        println!("          {name:<52} first {first:>9.1?}  p50 {half:>9.1?}  p99 {most:>9.1?}");
    };
    time("three filters + text in name and title, by title", &|| {
        black_box(index.query(&narrow(contains()).page(0, 20)));
    });
    time("three filters + the page's text, by title", &|| {
        black_box(index.query(&narrow(words()).page(0, 20)));
    });
    time("20 of all by name", &|| {
        let query = Query::default()
            .ordered(OrderBy::ascending("metadata.name"))
            .page(0, 20);
        black_box(index.query(&query));
    });
    time("facets kind + type + owner", &|| {
        let keys = ["kind", "spec.type", "relations.ownedBy"];
        black_box(index.facets(&Predicate::EVERYTHING, &keys));
    });
    time("refs of the first question", &|| {
        black_box(index.refs(&all(vec![three(), contains()]), &[by_title()]));
    });
    time("refs of all, by name", &|| {
        black_box(index.refs(
            &Predicate::EVERYTHING,
            &[OrderBy::ascending("metadata.name")],
        ));
    });
    pages(index, &time);
}

fn pages(index: &CatalogIndex, time: &dyn Fn(&str, &dyn Fn())) {
    for (name, query) in [
        ("whole page, components", ""),
        (
            "whole page, text 'pay', by owner",
            "filters[text]=pay&sort=owner",
        ),
        (
            "whole page, type + owner + tag",
            "filters[type]=service&filters[owners]=payments-gateway-0-squad&filters[tags]=go",
        ),
    ] {
        let query = CatalogQuery::from_query_string(query);
        time(name, &|| {
            black_box(answer_page(index, &query, Viewer::default()));
        });
    }
}

fn quantiles(runs: usize, mut run: impl FnMut(usize) -> Duration) -> (Duration, Duration) {
    let mut times: Vec<Duration> = (0..runs).map(&mut run).collect();
    times.sort_unstable();
    (times[runs / 2], times[runs * 99 / 100])
}

/// Bytes of memory that the process has, as Linux counts them.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm
        .split_whitespace()
        .nth(1)
        .and_then(|pages| pages.parse::<usize>().ok());
    pages.unwrap_or(0) * 4096
}
