//! What a query finds as files: CSV for spreadsheets, JSON for programs.

use app::error::PortalError;
use model::catalog::page::{CatalogQuery, CatalogRow, shown_columns};

use super::list;
use super::node::Node;
use super::view::View;

/// RFC 4180; cells that a spreadsheet would run are quoted with an apostrophe.
pub(super) fn csv(
    view: &View,
    query: &CatalogQuery,
    found: &[&Node],
) -> Result<String, PortalError> {
    let columns = shown_columns(query, &view.fields);
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let heads = columns.iter().map(|column| column.title.clone());
    let failed = |error: csv::Error| PortalError::invalid(error.to_string());
    writer
        .write_record(std::iter::once("Entity ref".to_owned()).chain(heads))
        .map_err(failed)?;
    for node in found {
        let row = list::row(view, node, &[]);
        let cells = columns.iter().map(|column| safe(cell(&row, &column.id)));
        writer
            .write_record(std::iter::once(row.entity_ref.to_string()).chain(cells))
            .map_err(failed)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| PortalError::invalid(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn cell(row: &CatalogRow, column: &str) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    match column {
        "name" => row.name.clone(),
        "description" => text(&row.description),
        "owner" => row
            .owners
            .iter()
            .map(|owner| owner.label.clone())
            .collect::<Vec<_>>()
            .join(", "),
        "system" => row
            .system
            .as_ref()
            .map(|label| label.label.clone())
            .unwrap_or_default(),
        "domain" => row
            .domain
            .as_ref()
            .map(|label| label.label.clone())
            .unwrap_or_default(),
        "type" => text(&row.spec_type),
        "lifecycle" => text(&row.lifecycle),
        "namespace" => row.namespace.clone(),
        "tags" => row.tags.join(", "),
        "targets" => row.targets.join(", "),
        "kind" => row.kind.clone(),
        own => {
            let cell = row.fields.iter().find(|cell| cell.id == own);
            cell.map(|cell| cell.values.join(", ")).unwrap_or_default()
        }
    }
}

fn safe(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// An array of entities as they are stored.
pub(super) fn json(found: &[&Node]) -> String {
    let bodies: Vec<&str> = found
        .iter()
        .map(|node| node.stored.entity.body.as_ref())
        .collect();
    format!("[{}]", bodies.join(","))
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(safe("=1+1".to_owned()), "'=1+1");
        assert_eq!(safe("@x".to_owned()), "'@x");
        assert_eq!(safe("dead-letter".to_owned()), "dead-letter");
    }
}
