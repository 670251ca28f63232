//! The table of entities: a row is one link, a header sorts.

use model::catalog::page::{CatalogPage, CatalogQuery, Column};

use super::row;
use super::words;
use crate::order;
use crate::prelude::*;
use crate::ui::icon::Icon;

/// The built-in columns from the one that stays longest when there is little room. A field of
/// the organisation comes after the type.
const RANKS: [&str; 10] = [
    "kind",
    "owner",
    "tier",
    "domain",
    "lifecycle",
    "type",
    "system",
    "targets",
    "tags",
    "namespace",
];
const OWN_FIELD: usize = 6;

/// The table.
pub(super) fn table(page: &CatalogPage) -> AnyView {
    let columns = placed(page);
    let described = columns.iter().any(|(column, _)| column.id == "description");
    let class = match described {
        true => "table table--cards t-list",
        false => "table table--cards t-list t-list--dense",
    };
    let head = columns
        .iter()
        .map(|(column, class)| header(&page.query, column, class));
    let rows = page
        .rows
        .iter()
        .map(|entity| row::row(&page.query, entity, &columns));
    let chosen = !page.query.columns.is_empty();
    let table = view! {
        <table class=class>
            <caption class="visually-hidden">{words::caption(page)}</caption>
            <thead>
                <tr>{head.collect_view()}<th scope="col" class="c-act"><span class="visually-hidden">"Actions"</span></th></tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    };
    // Columns that somebody chose are all there, however many; then the table scrolls in place.
    let (class, focus) = match chosen {
        true => ("tablebox tablebox--scroll", Some("0")),
        false => ("tablebox", None),
    };
    let (role, label) = match chosen {
        true => (Some("region"), Some("Table")),
        false => (None, None),
    };
    view! { <div class=class tabindex=focus role=role aria-label=label>{table}</div> }
}

/// The columns with their classes: what they hold, and when they go for want of room.
fn placed(page: &CatalogPage) -> Vec<(Column, String)> {
    let kept: Vec<&Column> = page
        .columns
        .iter()
        .filter(|column| says(page, column))
        .collect();
    let columns = kept.iter().copied();
    let ranked = columns.filter(|column| !matches!(column.id.as_str(), "name" | "description"));
    let ranked = order::by_key(ranked, |column| rank(&column.id));
    let class = |column: &Column| {
        let place = ranked.iter().position(|other| other.id == column.id);
        let place = place.map_or_else(String::new, |place| format!(" r-{}", (place + 1).min(7)));
        format!("{}{place}", class_of(&column.id))
    };
    let with_class = |column: &Column| (column.clone(), class(column));
    kept.into_iter().map(with_class).collect()
}

/// Tags that nothing on the page has are left out, where nobody chose the columns.
fn says(page: &CatalogPage, column: &Column) -> bool {
    column.id != "tags"
        || !page.query.columns.is_empty()
        || page.rows.iter().any(|row| !row.tags.is_empty())
}

fn rank(column: &str) -> usize {
    RANKS
        .iter()
        .position(|known| *known == column)
        .map_or(OWN_FIELD * 2 - 1, |rank| rank * 2)
}

fn class_of(column: &str) -> &'static str {
    match column {
        "name" => "c-name",
        "description" => "c-desc",
        "tier" => "c-tier",
        "owner" => "c-owner",
        "type" | "lifecycle" | "kind" | "namespace" => "c-word",
        "tags" | "targets" => "c-long",
        _ => "c-ref",
    }
}

fn header(query: &CatalogQuery, column: &Column, class: &str) -> AnyView {
    let class = class.to_owned();
    if !column.sortable {
        return view! { <th scope="col" class=class>{column.title.clone()}</th> };
    }
    let sorted = query.sort.column == column.id;
    let (order, icon) = match (sorted, query.sort.descending) {
        (false, _) => (None, "chevrons-up-down"),
        (true, false) => (Some("ascending"), "arrow-up"),
        (true, true) => (Some("descending"), "arrow-down"),
    };
    let href = query.clone().with_sort(&column.id).href();
    view! {
        <th scope="col" class=class aria-sort=order>
            <a class="sort" href=href data-noscroll="" rel="nofollow">{column.title.clone()}<Icon name=icon/></a>
        </th>
    }
}
