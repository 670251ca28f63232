//! What the catalog page shows: rows, counts, facets.

use serde::{Deserialize, Serialize};

use super::columns::Column;
use super::labels::RefLabel;
use super::state::CatalogQuery;
use crate::catalog::EntityRef;

/// Who looks at the page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Viewer<'a> {
    /// The viewer's user and its direct groups.
    pub ownership: &'a [EntityRef],
    /// What the viewer has starred.
    pub starred: &'a [EntityRef],
}

/// One answer to a [`CatalogQuery`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogPage {
    /// The question, in its canonical form.
    pub query: CatalogQuery,
    /// The rows from `query.offset` on, at most `query.limit`.
    pub rows: Vec<CatalogRow>,
    /// How many entities match, on all pages.
    pub total: u32,
    /// How many entities the kind has, unfiltered.
    pub total_of_kind: u32,
    /// What Owned, Starred and All would show under the other filters.
    pub counts: PersonalCounts,
    /// The kinds that the catalog has, and the one shown where it has none of that, in the order
    /// in which people look for them.
    pub kinds: Vec<KindCount>,
    /// The filters that the kind offers, in the order shown. A group without any value is absent.
    pub facets: Vec<FacetGroup>,
    /// The columns to show, in order.
    pub columns: Vec<Column>,
    /// Every column that the kind offers.
    pub available_columns: Vec<Column>,
}

/// Counts of the personal list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalCounts {
    /// Owned by the viewer.
    pub owned: u32,
    /// Starred by the viewer.
    pub starred: u32,
    /// Everybody's.
    pub all: u32,
}

/// One entry of the kind list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindCount {
    /// Lower-case, as in `filters[kind]`.
    pub kind: String,
    /// As the entities write it: `API`, `Component`.
    pub label: String,
    /// How many entities the kind has, unfiltered.
    pub count: u32,
}

/// One filter group with the values that it offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetGroup {
    /// The name in `filters[…]`: see [`super::group`].
    pub id: String,
    /// The heading.
    pub title: String,
    /// By label, "no owner" and "owner does not exist" first. A chosen value is always listed.
    pub values: Vec<FacetValue>,
}

/// One value of a filter group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// As it stands in the URL.
    pub value: String,
    /// As it is shown.
    pub label: String,
    /// How many rows have it, under what the other groups have chosen.
    pub count: u32,
    /// Whether it is chosen.
    pub selected: bool,
}

/// One entity in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogRow {
    /// Which entity.
    pub entity_ref: EntityRef,
    /// Its page.
    pub href: String,
    /// As the entity writes it: `API`.
    pub kind: String,
    /// `metadata.namespace`.
    pub namespace: String,
    /// The display name: `spec.profile.displayName`, else `metadata.title`, else the short ref.
    pub name: String,
    /// `metadata.title`.
    pub title: Option<String>,
    /// `metadata.description`, cut at 300 characters.
    pub description: Option<String>,
    /// `spec.type`.
    pub spec_type: Option<String>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
    /// Targets of `ownedBy`.
    pub owners: Vec<RefLabel>,
    /// The system that it is part of.
    pub system: Option<RefLabel>,
    /// Its domain: its own, its system's, or its parent component's.
    pub domain: Option<RefLabel>,
    /// `metadata.tags`.
    pub tags: Vec<String>,
    /// The organisation's own fields, those with a value.
    pub fields: Vec<FieldCell>,
    /// `spec.target` and `spec.targets` of a location.
    pub targets: Vec<String>,
    /// The `backstage.io/view-url` annotation, never a `javascript:` one.
    pub view_url: Option<String>,
    /// The `backstage.io/edit-url` annotation, never a `javascript:` one.
    pub edit_url: Option<String>,
    /// Whether the viewer has starred it.
    pub starred: bool,
    /// Whether its source no longer names it.
    pub orphan: bool,
}

/// The values of one of the organisation's own fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldCell {
    /// The field's id.
    pub id: String,
    /// Its values, in order.
    pub values: Vec<FieldValue>,
}

/// One value of an organisation's own field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldValue {
    /// As shown: a reference by its entity's display name.
    pub text: String,
    /// The entity that the value names, where it is a reference.
    pub target: Option<RefLabel>,
}
