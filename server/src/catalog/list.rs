//! The catalog page: filters, counts, order. Every question is a scan over the snapshot.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use model::catalog::page::{
    CatalogPage, CatalogQuery, CatalogRow, EVERY_KIND, FacetGroup, FacetValue, FieldCell,
    KindCount, OwnerFilter, PersonalCounts, PersonalFilter, available_columns, group,
    shown_columns,
};
use model::catalog::{EntityRef, kinds};

use super::node::Node;
use super::view::View;

const DESCRIPTION: usize = 300;

/// The page that a query asks for.
pub(super) fn page(
    view: &View,
    query: &CatalogQuery,
    ownership: &[EntityRef],
    starred: &[EntityRef],
) -> CatalogPage {
    let found = matching(view, query, ownership, starred);
    let total = count(found.len());
    let skip = usize::try_from(query.offset).unwrap_or(usize::MAX);
    let take = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let rows = found
        .iter()
        .skip(skip)
        .take(take)
        .map(|node| row(view, node, starred));
    let personal =
        |user| count(matching(view, &query.clone().with_user(user), ownership, starred).len());
    CatalogPage {
        rows: rows.collect(),
        total,
        total_of_kind: count(
            view.nodes()
                .filter(|node| of_kind(node, &query.kind))
                .count(),
        ),
        counts: PersonalCounts {
            owned: personal(PersonalFilter::Owned),
            starred: personal(PersonalFilter::Starred),
            all: personal(PersonalFilter::All),
        },
        kinds: kind_counts(view),
        facets: facets(view, query, ownership, starred),
        columns: shown_columns(query, &view.fields),
        available_columns: available_columns(&query.kind, &view.fields),
        query: query.clone(),
    }
}

/// Every entity that a query finds, in its order.
pub(super) fn matching<'v>(
    view: &'v View,
    query: &CatalogQuery,
    ownership: &[EntityRef],
    starred: &[EntityRef],
) -> Vec<&'v Node> {
    let words: Vec<String> = query
        .text
        .to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let mut found: Vec<&Node> = view
        .nodes()
        .filter(|node| of_kind(node, &query.kind))
        .filter(|node| !query.orphan || node.stored.is_orphan)
        .filter(|node| words.iter().all(|word| node.haystack.contains(word)))
        .filter(|node| match query.user {
            PersonalFilter::All => true,
            PersonalFilter::Starred => starred.contains(node.entity_ref()),
            PersonalFilter::Owned => view
                .targets(node.entity_ref(), "ownedBy")
                .any(|owner| ownership.contains(owner)),
        })
        .filter(|node| {
            query.chosen().iter().all(|(group, chosen)| {
                values(view, node, group)
                    .iter()
                    .any(|value| chosen.contains(value))
            })
        })
        .collect();
    sort(view, query, &mut found);
    found
}

fn of_kind(node: &Node, kind: &str) -> bool {
    kind == EVERY_KIND || node.kind() == kind
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// The values that a node has in a filter group, as they stand in the URL.
fn values(view: &View, node: &Node, group: &str) -> Vec<String> {
    let entity = node.entity();
    let lower = |text: Option<&str>| text.map(str::to_lowercase).into_iter().collect();
    match group {
        group::TYPE => lower(entity.spec_type()),
        group::LIFECYCLES => lower(entity.lifecycle()),
        group::NAMESPACE => lower(Some(entity.namespace())),
        group::TAGS => entity.tags().map(str::to_lowercase).collect(),
        group::OWNERS => owners(view, node),
        own => {
            let index = view
                .fields
                .iter()
                .position(|field| field.id.eq_ignore_ascii_case(own));
            let value = index.and_then(|index| view.field(node, index));
            value
                .map(|value| value.to_lowercase())
                .into_iter()
                .collect()
        }
    }
}

fn owners(view: &View, node: &Node) -> Vec<String> {
    if matches!(node.kind(), "group" | "user" | "location") {
        return Vec::new();
    }
    let owners: Vec<&EntityRef> = view.targets(node.entity_ref(), "ownedBy").collect();
    if owners.is_empty() {
        return vec![OwnerFilter::NONE.to_owned()];
    }
    let missing = owners.iter().any(|owner| view.get(owner).is_none());
    let tokens = owners
        .into_iter()
        .map(|owner| OwnerFilter::Entity(owner.clone()).token());
    tokens
        .chain(missing.then(|| OwnerFilter::MISSING.to_owned()))
        .collect()
}

fn sort(view: &View, query: &CatalogQuery, found: &mut [&Node]) {
    let column = query.sort.column.as_str();
    found.sort_by_cached_key(|node| node.entity().display_name().to_lowercase());
    let keys: BTreeMap<&EntityRef, Option<String>> = found
        .iter()
        .map(|node| (node.entity_ref(), key(view, node, column)))
        .collect();
    let of = |node: &Node| keys.get(node.entity_ref()).and_then(Option::as_ref);
    found.sort_by(|a, b| match (of(a), of(b)) {
        (Some(a), Some(b)) if query.sort.descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
}

fn key(view: &View, node: &Node, column: &str) -> Option<String> {
    let entity = node.entity();
    let text = match column {
        "description" => entity.description()?.to_owned(),
        "owner" => {
            view.label(view.targets(node.entity_ref(), "ownedBy").next()?)
                .label
        }
        "system" => view.label(&node.reference("spec.system")?).label,
        "domain" => view.label(&view.domain(node)?).label,
        "type" => entity.spec_type()?.to_owned(),
        "lifecycle" => entity.lifecycle()?.to_owned(),
        "namespace" => entity.namespace().to_owned(),
        "kind" => entity.kind().to_owned(),
        own => match view.fields.iter().position(|field| field.id == own) {
            Some(index) => view.field_label(&view.field(node, index)?).0,
            None => entity.display_name().to_owned(),
        },
    };
    Some(text.to_lowercase())
}

fn kind_counts(view: &View) -> Vec<KindCount> {
    let mut counts: BTreeMap<&str, (u32, &str)> = BTreeMap::new();
    for node in view.nodes() {
        let entry = counts
            .entry(node.kind())
            .or_insert((0, node.entity().kind()));
        entry.0 += 1;
    }
    let own = counts
        .into_iter()
        .map(|(kind, (count, written))| KindCount {
            kind: kind.to_owned(),
            label: kinds::find_any_case(kind)
                .map_or(written, |kind| kind.title)
                .to_owned(),
            count,
        });
    own.collect()
}

/// Every group with its values, each counted under what the other groups have chosen.
fn facets(
    view: &View,
    query: &CatalogQuery,
    ownership: &[EntityRef],
    starred: &[EntityRef],
) -> Vec<FacetGroup> {
    let built_in = |id: &str, title: &str| (id.to_owned(), title.to_owned());
    let own = view
        .fields
        .iter()
        .filter(|field| field.filter && field.applies_to(&query.kind))
        .map(|field| (field.id.clone(), field.title.clone()));
    [built_in(group::TYPE, "Type")]
        .into_iter()
        .chain(own)
        .chain([
            built_in(group::OWNERS, "Owner"),
            built_in(group::LIFECYCLES, "Lifecycle"),
            built_in(group::TAGS, "Tags"),
            built_in(group::NAMESPACE, "Namespace"),
        ])
        .map(|(id, title)| {
            let others = query.clone().without(&id);
            let nodes = matching(view, &others, ownership, starred);
            let values = counted(view, query, &id, &nodes);
            FacetGroup { id, title, values }
        })
        .filter(|group| match group.id.as_str() {
            group::NAMESPACE => group.values.len() > 1,
            _ => !group.values.is_empty(),
        })
        .collect()
}

fn counted(view: &View, query: &CatalogQuery, id: &str, nodes: &[&Node]) -> Vec<FacetValue> {
    let chosen = query.values(id);
    let mut counts: BTreeMap<String, u32> = chosen.iter().map(|value| (value.clone(), 0)).collect();
    for value in nodes.iter().flat_map(|node| values(view, node, id)) {
        *counts.entry(value).or_default() += 1;
    }
    let mut values: Vec<FacetValue> = counts
        .into_iter()
        .map(|(value, count)| FacetValue {
            label: label(view, id, &value),
            selected: chosen.contains(&value),
            value,
            count,
        })
        .collect();
    let first = |value: &FacetValue| {
        !matches!(
            value.value.as_str(),
            OwnerFilter::NONE | OwnerFilter::MISSING
        )
    };
    values.sort_by_key(|value| {
        (
            id == group::OWNERS && first(value),
            value.label.to_lowercase(),
        )
    });
    values
}

fn label(view: &View, id: &str, value: &str) -> String {
    match (id, OwnerFilter::from_token(value)) {
        (group::OWNERS, Some(OwnerFilter::None)) => "No owner".to_owned(),
        (group::OWNERS, Some(OwnerFilter::Missing)) => "Owner does not exist".to_owned(),
        (group::OWNERS, Some(OwnerFilter::Entity(owner))) => view.label(&owner).label,
        ("tier", _) => format!("Tier {value}"),
        (group::TYPE | group::LIFECYCLES | group::TAGS | group::NAMESPACE, _) => value.to_owned(),
        _ => view.field_label(value).0,
    }
}

/// One entity as a row.
pub(super) fn row(view: &View, node: &Node, starred: &[EntityRef]) -> CatalogRow {
    let entity = node.entity();
    let fields = view.fields.iter().enumerate().filter_map(|(index, field)| {
        let value = view.field(node, index)?;
        Some(FieldCell {
            id: field.id.clone(),
            values: vec![view.field_label(&value).0],
        })
    });
    let owned = |text: Option<&str>| text.map(str::to_owned);
    CatalogRow {
        entity_ref: node.entity_ref().clone(),
        href: node.entity_ref().path(),
        kind: entity.kind().to_owned(),
        namespace: entity.namespace().to_owned(),
        name: entity.display_name().to_owned(),
        title: owned(entity.title()),
        description: entity
            .description()
            .map(|text| text.chars().take(DESCRIPTION).collect()),
        spec_type: owned(entity.spec_type()),
        lifecycle: owned(entity.lifecycle()),
        owners: view
            .targets(node.entity_ref(), "ownedBy")
            .map(|owner| view.label(owner))
            .collect(),
        system: node
            .reference("spec.system")
            .map(|system| view.label(&system)),
        domain: view.domain(node).map(|domain| view.label(&domain)),
        tags: entity.tags().map(str::to_owned).collect(),
        fields: fields.collect(),
        targets: entity
            .text(&["spec", "target"])
            .into_iter()
            .chain(entity.texts(&["spec", "targets"]))
            .map(str::to_owned)
            .collect(),
        view_url: owned(entity.view_url()),
        edit_url: owned(entity.edit_url()),
        starred: starred.contains(node.entity_ref()),
        orphan: node.stored.is_orphan,
    }
}
