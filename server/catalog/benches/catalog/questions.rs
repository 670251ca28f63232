//! The questions of a catalog page.

use std::hint::black_box;
use std::time::Instant;

use model::catalog::filter::{Filter, Predicate};
use model::catalog::index::CatalogIndex;
use model::catalog::page::{CatalogQuery, Viewer, answer_page};
use model::catalog::query::{OrderBy, Query};

use super::quantiles;

const RUNS: usize = 300;

pub(super) fn ask(index: &CatalogIndex) {
    println!("  {:<50}  {:>9}  {:>9}  {:>9}", "", "first", "p50", "p99");
    engine(index);
    pages(index);
}

fn engine(index: &CatalogIndex) {
    let narrow = |text| {
        let every = Predicate::All(vec![three_filters(), text]);
        Query::of(every).ordered(by_title())
    };
    let words = Predicate::Words("gateway".to_owned());
    time("three filters + text in name and title, by title", || {
        index.query(&narrow(contains()).page(0, 20))
    });
    time("three filters + the page's text, by title", || {
        index.query(&narrow(words.clone()).page(0, 20))
    });
    let by_name = [OrderBy::ascending("metadata.name")];
    time("20 of all by name", || {
        let query = Query::default().ordered(OrderBy::ascending("metadata.name"));
        index.query(&query.page(0, 20))
    });
    time("facets kind + type + owner", || {
        let keys = ["kind", "spec.type", "relations.ownedBy"];
        index.facets(&Predicate::EVERYTHING, &keys)
    });
    time("refs of the first question", || {
        let every = Predicate::All(vec![three_filters(), contains()]);
        index.refs(&every, &[by_title()])
    });
    time("refs of all, by name", || {
        index.refs(&Predicate::EVERYTHING, &by_name)
    });
}

fn three_filters() -> Predicate {
    Filter::parse(["kind=component,spec.type=service,spec.lifecycle=production"])
        .unwrap()
        .predicate()
}

fn contains() -> Predicate {
    Predicate::Contains {
        keys: vec!["metadata.name".to_owned(), "metadata.title".to_owned()],
        term: "gateway".to_owned(),
    }
}

fn by_title() -> OrderBy {
    OrderBy::descending("metadata.title")
}

fn pages(index: &CatalogIndex) {
    let owner = "payments-gateway-0-squad";
    let narrow = format!("filters[type]=service&filters[owners]={owner}&filters[tags]=go");
    for (name, query) in [
        ("whole page, components", ""),
        ("whole page, text, by owner", "filters[text]=pay&sort=owner"),
        ("whole page, type + owner + tag", &narrow),
    ] {
        let query = CatalogQuery::from_query_string(query);
        time(name, || answer_page(index, &query, Viewer::default()));
    }
}

/// Prints how long it takes the first time, and from then on.
fn time<T>(name: &str, ask: impl Fn() -> T) {
    let once = || {
        let start = Instant::now();
        black_box(ask());
        start.elapsed()
    };
    let first = once();
    let (half, most) = quantiles((0..RUNS).map(|_| once()));
    println!("  {name:<50}  {first:>9.1?}  {half:>9.1?}  {most:>9.1?}");
}
