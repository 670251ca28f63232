//! The filtered list as CSV and JSON.

use serde_json::{Map, Value, json};

use super::columns::Column;
use super::contents::CatalogRow;
use super::labels::RefLabel;

/// What stands between several values in one cell.
const BETWEEN: &str = "; ";

/// The rows as CSV after RFC 4180: a header, the ref, then the columns given; lines end in CRLF.
/// Cells that a spreadsheet would take for a formula begin with an apostrophe.
#[must_use]
pub fn to_csv(rows: &[CatalogRow], columns: &[Column]) -> String {
    let titles = columns.iter().map(|column| column.title.clone());
    let mut text = String::new();
    write_line(
        &mut text,
        std::iter::once("Entity ref".to_owned()).chain(titles),
    );
    for row in rows {
        let cells = columns
            .iter()
            .map(|column| cells(row, &column.id).join(BETWEEN));
        write_line(
            &mut text,
            std::iter::once(row.entity_ref.to_string()).chain(cells),
        );
    }
    text
}

/// The rows as a JSON array of objects: `entityRef`, then the columns given by their ids.
/// Columns that hold several values are arrays, references are refs.
#[must_use]
pub fn to_json(rows: &[CatalogRow], columns: &[Column]) -> String {
    let rows = rows.iter().map(|row| object(row, columns));
    Value::Array(rows.collect()).to_string()
}

fn object(row: &CatalogRow, columns: &[Column]) -> Value {
    let mut members = Map::new();
    members.insert("entityRef".to_owned(), row.entity_ref.as_str().into());
    for column in columns {
        let refs = |labels: &[RefLabel]| -> Vec<String> {
            labels
                .iter()
                .map(|label| label.entity_ref.to_string())
                .collect()
        };
        let value = match column.id.as_str() {
            "owner" => json!(refs(&row.owners)),
            "system" => json!(row.system.as_ref().map(|label| label.entity_ref.as_str())),
            "domain" => json!(row.domain.as_ref().map(|label| label.entity_ref.as_str())),
            "tags" => json!(row.tags),
            "targets" => json!(row.targets),
            id => single(cells(row, id)),
        };
        members.insert(column.id.clone(), value);
    }
    Value::Object(members)
}

fn single(mut values: Vec<String>) -> Value {
    match values.len() {
        0 => Value::Null,
        1 => values.pop().into(),
        _ => values.into(),
    }
}

/// What a row shows in a column.
fn cells(row: &CatalogRow, column: &str) -> Vec<String> {
    let one = |text: &Option<String>| text.iter().cloned().collect();
    let labels = |labels: &[RefLabel]| labels.iter().map(|label| label.label.clone()).collect();
    match column {
        "name" => vec![row.name.clone()],
        "description" => one(&row.description),
        "owner" => labels(&row.owners),
        "system" => labels(row.system.as_slice()),
        "domain" => labels(row.domain.as_slice()),
        "type" => one(&row.spec_type),
        "lifecycle" => one(&row.lifecycle),
        "namespace" => vec![row.namespace.clone()],
        "kind" => vec![row.kind.clone()],
        "tags" => row.tags.clone(),
        "targets" => row.targets.clone(),
        field => {
            let own = row.fields.iter().find(|cell| cell.id == field);
            own.map_or_else(Vec::new, |cell| cell.values.clone())
        }
    }
}

fn write_line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        write_cell(text, &cell);
    }
    text.push_str("\r\n");
}

fn write_cell(text: &mut String, cell: &str) {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let safe = if formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if safe.contains([',', '"', '\r', '\n']) || safe.trim() != safe {
        text.push('"');
        text.push_str(&safe.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(&safe);
    }
}
