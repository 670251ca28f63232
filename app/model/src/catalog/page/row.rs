//! One entity as a row of the table.

use super::contents::{CatalogRow, FieldCell, Viewer};
use super::labels::RefLabel;
use crate::catalog::index::{Bits, CatalogIndex, ColumnId, own};
use crate::catalog::query::RowId;
use crate::catalog::text::is_safe_link;
use crate::catalog::{EntityRef, RelationType};

/// What a short list says of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntitySummary {
    /// Name, link, whether it exists.
    pub label: RefLabel,
    /// As the entity writes it; of one that does not exist, as its ref has it.
    pub kind: String,
    /// `spec.type`.
    pub spec_type: Option<String>,
    /// `metadata.description`, cut for display.
    pub description: Option<String>,
}

/// An entity, or one that does not exist, in short.
#[must_use]
pub fn entity_summary(index: &CatalogIndex, entity_ref: &EntityRef) -> EntitySummary {
    let row = index.find(entity_ref);
    let text = |column| Some(index.first_text(column, row?.0)?.to_owned());
    EntitySummary {
        label: index.label(entity_ref),
        kind: text(own::KIND).unwrap_or_else(|| entity_ref.kind().to_owned()),
        spec_type: text(own::TYPE),
        description: row
            .and_then(|row| index.description(row))
            .map(str::to_owned),
    }
}

/// Reads rows for one viewer.
pub(super) struct RowReader<'a> {
    index: &'a CatalogIndex,
    starred: Bits,
}

/// An entity as the catalog's table would show it; `None` when it does not exist.
#[must_use]
pub fn entity_row(
    index: &CatalogIndex,
    entity_ref: &EntityRef,
    viewer: Viewer<'_>,
) -> Option<CatalogRow> {
    RowReader::new(index, viewer).read(index.find(entity_ref)?)
}

impl<'a> RowReader<'a> {
    pub(super) fn new(index: &'a CatalogIndex, viewer: Viewer<'_>) -> Self {
        Self {
            index,
            starred: index.rows_of(viewer.starred),
        }
    }

    pub(super) fn read(&self, row: RowId) -> Option<CatalogRow> {
        let index = self.index;
        let entity_ref = index.entity_ref(row)?.clone();
        let text = |column| index.first_text(column, row.0).map(str::to_owned);
        Some(CatalogRow {
            href: entity_ref.path(),
            kind: text(own::KIND)?,
            namespace: entity_ref.namespace().to_owned(),
            name: text(own::DISPLAY_NAME)?,
            title: text(own::TITLE),
            description: index.description(row).map(str::to_owned),
            spec_type: text(own::TYPE),
            lifecycle: text(own::LIFECYCLE),
            owners: self.owners(row),
            system: self.reference(own::SYSTEM_REF, row),
            domain: self.reference(own::DOMAIN, row),
            tags: self.texts(own::TAGS, row),
            fields: self.fields(row, entity_ref.kind()),
            targets: [self.texts(own::TARGET, row), self.texts(own::TARGETS, row)].concat(),
            view_url: safe(index.view_url(row)),
            edit_url: safe(index.edit_url(row)),
            starred: self.starred.contains(row.0),
            orphan: index.first_text(own::ORPHAN, row.0) == Some("true"),
            entity_ref,
        })
    }

    fn texts(&self, column: ColumnId, row: RowId) -> Vec<String> {
        let texts = self.index.all_texts(column, row.0);
        texts.map(str::to_owned).collect()
    }

    fn owners(&self, row: RowId) -> Vec<RefLabel> {
        let owners = self.index.related_slots(row.0, &RelationType::OwnedBy);
        owners.iter().map(|owner| self.index.label(owner)).collect()
    }

    fn reference(&self, column: ColumnId, row: RowId) -> Option<RefLabel> {
        let text = self.index.first_text(column, row.0)?;
        EntityRef::parse(text)
            .ok()
            .map(|target| self.index.label(&target))
    }

    fn fields(&self, row: RowId, kind: &str) -> Vec<FieldCell> {
        let fields = self.index.fields().iter();
        fields
            .filter(|field| field.applies_to(kind))
            .map(|field| FieldCell {
                id: field.id.clone(),
                values: self
                    .index
                    .values(row, &field.key())
                    .into_iter()
                    .map(|value| self.index.field_value(value))
                    .collect(),
            })
            .filter(|cell| !cell.values.is_empty())
            .collect()
    }
}

/// An address that runs no script.
fn safe(url: Option<&str>) -> Option<String> {
    url.filter(|url| is_safe_link(url)).map(str::to_owned)
}
