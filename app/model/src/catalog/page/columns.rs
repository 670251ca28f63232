//! Which columns a kind's table has.

use serde::{Deserialize, Serialize};

use super::state::CatalogQuery;
use crate::catalog::index::FieldSpec;

/// A column of the catalog's table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its id in `columns=…` and `sort=…`; an organisation's own field has the field's.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Whether `sort=…` takes it.
    pub sortable: bool,
}

const NAME: &str = "name";

/// Headings of the built-in columns, in the order offered.
const BUILT_IN: [(&str, &str); 11] = [
    (NAME, "Name"),
    ("description", "Description"),
    ("domain", "Domain"),
    ("system", "System"),
    ("owner", "Owner"),
    ("type", "Type"),
    ("lifecycle", "Lifecycle"),
    ("namespace", "Namespace"),
    ("tags", "Tags"),
    ("targets", "Targets"),
    ("kind", "Kind"),
];

/// Every column that a kind offers, in the order of the column picker.
#[must_use]
pub fn available_columns(kind: &str, fields: &[FieldSpec]) -> Vec<Column> {
    let mut columns: Vec<Column> = BUILT_IN
        .into_iter()
        .filter(|(id, _)| offers(kind, id))
        .map(|(id, title)| column(id, title))
        .collect();
    let own = fields.iter().filter(|field| field.applies_to(kind));
    columns.extend(own.map(|field| column(&field.id, &field.title)));
    columns
}

/// The columns that a page shows: those that its URL names, else the kind's own.
/// The name is always there, and first.
#[must_use]
pub fn shown_columns(query: &CatalogQuery, fields: &[FieldSpec]) -> Vec<Column> {
    let available = available_columns(&query.kind, fields);
    let chosen = if query.columns.is_empty() {
        usual(query, fields)
    } else {
        query.columns.clone()
    };
    std::iter::once(NAME.to_owned())
        .chain(chosen.into_iter().filter(|id| id != NAME))
        .filter_map(|id| available.iter().find(|column| column.id == id).cloned())
        .collect()
}

fn usual(query: &CatalogQuery, fields: &[FieldSpec]) -> Vec<String> {
    let own: Vec<&str> = fields
        .iter()
        .filter(|field| field.column && field.applies_to(&query.kind))
        .map(|field| field.id.as_str())
        .collect();
    let typed: &[&str] = if query.types.len() == 1 {
        &[]
    } else {
        &["type"]
    };
    let (before, after): (&[&str], &[&str]) = match query.kind.as_str() {
        "domain" => (&["description"], &["owner"]),
        "system" => (&["description", "domain"], &["owner"]),
        "group" | "template" => (&["description", "type"], &["tags"]),
        "user" => (&["description"], &["tags"]),
        "location" => (&["type"], &["targets"]),
        "api" | "resource" => (&["description", "system"], &["lifecycle", "owner"]),
        _ => (&["description", "domain"], &["lifecycle", "owner"]),
    };
    let typed = if before.contains(&"type") || is_untyped(&query.kind) {
        &[]
    } else {
        typed
    };
    [before, typed, &own, after]
        .concat()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn is_untyped(kind: &str) -> bool {
    matches!(kind, "domain" | "system" | "user")
}

fn offers(kind: &str, column: &str) -> bool {
    let owned = !matches!(kind, "group" | "user" | "location");
    match column {
        "owner" => owned,
        "domain" => owned && kind != "template",
        "system" => owned && !matches!(kind, "domain" | "system" | "template"),
        "lifecycle" => owned && !matches!(kind, "domain" | "system" | "resource"),
        "type" => kind != "user",
        "targets" => kind == "location" || kind == super::EVERY_KIND,
        "kind" => kind == super::EVERY_KIND,
        _ => true,
    }
}

fn column(id: &str, title: &str) -> Column {
    Column {
        id: id.to_owned(),
        title: title.to_owned(),
        sortable: !matches!(id, "tags" | "targets"),
    }
}
