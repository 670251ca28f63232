//! What a query finds as files: CSV for spreadsheets, JSON for programs.

use app::error::PortalError;
use model::catalog::page::{CatalogRow, Column, RefLabel};

use super::source;
use super::view::View;

/// What stands between several values in one cell.
const BETWEEN: &str = "; ";

/// RFC 4180; cells that a spreadsheet would run begin with an apostrophe.
pub(super) fn csv(rows: &[CatalogRow], columns: &[Column]) -> Result<String, PortalError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let heads = columns.iter().map(|column| column.title.clone());
    let heads = std::iter::once("Entity ref".to_owned()).chain(heads);
    let lines = rows.iter().map(|row| {
        let cells = columns
            .iter()
            .map(|column| safe(cell(row, &column.id).join(BETWEEN)));
        std::iter::once(row.entity_ref.to_string())
            .chain(cells)
            .collect()
    });
    for line in std::iter::once(heads.collect::<Vec<_>>()).chain(lines) {
        writer
            .write_record(line)
            .map_err(|error| PortalError::invalid(error.to_string()))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| PortalError::invalid(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What a row shows in a column.
fn cell(row: &CatalogRow, column: &str) -> Vec<String> {
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
        "tags" => row.tags.clone(),
        "targets" => row.targets.clone(),
        "kind" => vec![row.kind.clone()],
        own => {
            let cell = row.fields.iter().find(|cell| cell.id == own);
            let values = cell.into_iter().flat_map(|cell| &cell.values);
            values.map(|value| value.text.clone()).collect()
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

/// An array of entities as the API serves them.
pub(super) fn json(view: &View, rows: &[CatalogRow]) -> String {
    let entities = rows.iter().filter_map(|row| view.get(&row.entity_ref));
    let bodies: Vec<String> = entities.map(|own| source::served(view, own)).collect();
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
