//! From the catalog page's state to what it shows.

use super::columns::{available_columns, shown_columns};
use super::contents::{CatalogPage, CatalogRow, KindCount, PersonalCounts, Viewer};
use super::facets::facet_groups;
use super::offer::{Offer, beside_groups, of_group, of_kind, of_user, offered, offers};
use super::row::RowReader;
use super::selection::PersonalFilter;
use super::state::CatalogQuery;
use crate::catalog::index::{Bits, CatalogIndex, FieldSpec};
use crate::catalog::kinds::KINDS;
use crate::catalog::query::{OrderBy, Query};

/// The rows of each part of a query, so that any part can be left out.
pub(super) struct Selection {
    /// The query as far as its kind offers what it chooses.
    pub(super) query: CatalogQuery,
    pub(super) offers: Vec<Offer>,
    of_kind: Bits,
    /// What text and orphan leave of the kind.
    beside_groups: Bits,
    /// By offer; `None` where nothing is chosen.
    by_group: Vec<Option<Bits>>,
    owned: Bits,
    starred: Bits,
}

impl Selection {
    fn new(index: &CatalogIndex, query: &CatalogQuery, viewer: &Viewer<'_>) -> Self {
        let offers = offers(&query.kind.to_lowercase(), index.fields());
        let query = offered(query, &offers);
        let of_kind = index.rows(&of_kind(&query.kind), index.all_rows());
        let beside_groups = index.rows(&beside_groups(&query), &of_kind);
        let by_group = offers
            .iter()
            .map(|offer| Some(index.rows(&of_group(offer, &query)?, &of_kind)))
            .collect();
        let of_user = |user| index.rows(&of_user(user, viewer), &of_kind);
        Self {
            owned: of_user(PersonalFilter::Owned),
            starred: of_user(PersonalFilter::Starred),
            query,
            offers,
            of_kind,
            beside_groups,
            by_group,
        }
    }

    /// The rows that all groups but one leave, whoever's they are.
    fn everybodys(&self, but: Option<usize>) -> Bits {
        let groups = self.by_group.iter().enumerate();
        groups
            .filter(|(at, _)| Some(*at) != but)
            .filter_map(|(_, rows)| rows.as_ref())
            .fold(self.beside_groups.clone(), Bits::and)
    }

    /// The rows that all groups but one leave.
    pub(super) fn rows(&self, but: Option<usize>) -> Bits {
        let rows = self.everybodys(but);
        match self.query.user {
            PersonalFilter::All => rows,
            PersonalFilter::Owned => rows.and(&self.owned),
            PersonalFilter::Starred => rows.and(&self.starred),
        }
    }

    fn counts(&self) -> PersonalCounts {
        let rows = self.everybodys(None);
        PersonalCounts {
            owned: rows.count_with(&self.owned),
            starred: rows.count_with(&self.starred),
            all: rows.count(),
        }
    }
}

/// Answers the catalog page's question. An offset behind the last row shows the last page.
#[must_use]
pub fn answer_page(index: &CatalogIndex, query: &CatalogQuery, viewer: Viewer<'_>) -> CatalogPage {
    let mut selection = Selection::new(index, query, &viewer);
    let found = selection.rows(None);
    let total = found.count();
    let last = total.saturating_sub(1) / selection.query.limit * selection.query.limit;
    selection.query.offset = selection.query.offset.min(last);
    // Where nothing matches, what the kind has stays in sight: one of it may be the way out.
    let beside = (total == 0).then_some(&selection.of_kind);
    let query = &selection.query;
    let page = ordered(query, index.fields()).page(query.offset, query.limit);
    CatalogPage {
        rows: read(index, &found, &page, viewer),
        total,
        total_of_kind: selection.of_kind.count(),
        counts: selection.counts(),
        kinds: kinds_with(index, &query.kind),
        facets: facet_groups(index, &selection, beside),
        columns: shown_columns(query, index.fields()),
        available_columns: available_columns(&query.kind, index.fields()),
        query: selection.query,
    }
}

/// All rows that the page's query finds, in its order, on whatever page: what an export has.
#[must_use]
pub fn all_rows(index: &CatalogIndex, query: &CatalogQuery, viewer: Viewer<'_>) -> Vec<CatalogRow> {
    let selection = Selection::new(index, query, &viewer);
    let order = ordered(&selection.query, index.fields());
    read(index, &selection.rows(None), &order, viewer)
}

fn read(index: &CatalogIndex, found: &Bits, query: &Query, viewer: Viewer<'_>) -> Vec<CatalogRow> {
    let reader = RowReader::new(index, viewer);
    let rows = index.answer(found, query).rows;
    rows.into_iter()
        .filter_map(|row| reader.read(row))
        .collect()
}

/// The order that `sort` asks for; by name where it names no column, and among equals.
fn ordered(query: &CatalogQuery, fields: &[FieldSpec]) -> Query {
    let by_name = OrderBy::ascending("@name");
    let field = fields.iter().find(|field| field.id == query.sort.column);
    let key = match (query.sort.column.as_str(), field) {
        ("owner", _) => "relations.ownedby".to_owned(),
        ("system", _) => "@system".to_owned(),
        ("domain", _) => "domain".to_owned(),
        ("type", _) => "spec.type".to_owned(),
        ("lifecycle", _) => "spec.lifecycle".to_owned(),
        ("namespace", _) => "metadata.namespace".to_owned(),
        ("description", _) => "metadata.description".to_owned(),
        ("kind", _) => "kind".to_owned(),
        (_, Some(field)) => field.key(),
        _ => by_name.key.clone(),
    };
    let labelled =
        field.is_some() || matches!(key.as_str(), "relations.ownedby" | "@system" | "domain");
    let first = OrderBy {
        descending: query.sort.descending,
        by_label: labelled,
        key,
    };
    let ordered = Query::default().ordered(first);
    if ordered.order.iter().any(|order| order.key == by_name.key) {
        ordered
    } else {
        ordered.ordered(by_name)
    }
}

/// The kinds that the catalog has, in the order in which people look for them.
#[must_use]
pub fn kind_counts(index: &CatalogIndex) -> Vec<KindCount> {
    let counted = index.folded_facet("kind", index.all_rows()).into_iter();
    let mut kinds: Vec<KindCount> = counted
        .map(|(label, count)| KindCount {
            kind: label.to_lowercase(),
            label,
            count,
        })
        .collect();
    kinds.sort_by_cached_key(place);
    kinds
}

fn place(kind: &KindCount) -> (usize, String) {
    let known = KINDS.iter().position(|known| known.name == kind.label);
    (known.unwrap_or(KINDS.len()), kind.kind.clone())
}

/// The kinds that the catalog has, and the one shown even when nothing is of it.
fn kinds_with(index: &CatalogIndex, shown: &str) -> Vec<KindCount> {
    let mut kinds = kind_counts(index);
    if shown != super::EVERY_KIND && kinds.iter().all(|kind| kind.kind != shown) {
        let known = crate::catalog::kinds::find_any_case(shown);
        kinds.push(KindCount {
            kind: shown.to_owned(),
            label: known.map_or(shown, |kind| kind.name).to_owned(),
            count: 0,
        });
        kinds.sort_by_cached_key(place);
    }
    kinds
}
