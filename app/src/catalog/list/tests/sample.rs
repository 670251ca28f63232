//! A page of the catalog for the tests.

use model::catalog::EntityRef;
use model::catalog::index::FieldSpec;
use model::catalog::page::{
    CatalogPage, CatalogQuery, CatalogRow, FacetGroup, FacetValue, FieldCell, FieldValue,
    KindCount, PersonalCounts, RefLabel, available_columns, shown_columns,
};

/// A reference to something that exists, or not.
pub(super) fn reference(text: &str, label: &str, exists: bool) -> RefLabel {
    let entity_ref = EntityRef::parse(text).unwrap();
    RefLabel {
        href: entity_ref.path(),
        entity_ref,
        label: label.to_owned(),
        exists,
    }
}

/// A domain with something in every cell.
pub(super) fn row(name: &str) -> CatalogRow {
    let entity_ref = EntityRef::new("domain", "default", "async-messaging").unwrap();
    CatalogRow {
        href: entity_ref.path(),
        entity_ref,
        kind: "Domain".to_owned(),
        namespace: "default".to_owned(),
        name: name.to_owned(),
        title: None,
        description: Some("Dead lettering, deferred messages".to_owned()),
        spec_type: None,
        lifecycle: None,
        owners: vec![reference("group:squad-aura", "Squad Aura", true)],
        system: None,
        domain: None,
        tags: Vec::new(),
        fields: vec![FieldCell {
            id: "tier".to_owned(),
            values: vec![FieldValue {
                text: "1".to_owned(),
                target: None,
            }],
        }],
        targets: Vec::new(),
        view_url: None,
        edit_url: Some("https://example.com/edit".to_owned()),
        starred: false,
        orphan: false,
    }
}

fn value(value: &str, label: &str, count: u32, selected: bool) -> FacetValue {
    FacetValue {
        value: value.to_owned(),
        label: label.to_owned(),
        count,
        selected,
    }
}

/// The answer to a query: these rows of `total`, of 1,304 there are.
pub(super) fn page(query: &str, rows: Vec<CatalogRow>, total: u32) -> CatalogPage {
    let query = CatalogQuery::from_query_string(query);
    let tier = FieldSpec {
        id: "tier".to_owned(),
        title: "Tier".to_owned(),
        path: "spec.tier".to_owned(),
        kinds: Vec::new(),
        filter: true,
        column: true,
        inherit: Vec::new(),
    };
    let fields = [tier];
    let chosen = |group: &str, of: &str| query.values(group).iter().any(|value| value == of);
    let squads = (0..12).map(|n| {
        value(
            &format!("group:squad-{n:02}"),
            &format!("Squad {n:02}"),
            n,
            chosen("owners", &format!("group:squad-{n:02}")),
        )
    });
    CatalogPage {
        rows,
        total,
        total_of_kind: 1304,
        counts: PersonalCounts {
            owned: 12,
            starred: 0,
            all: total,
        },
        kinds: vec![
            KindCount {
                kind: "api".to_owned(),
                label: "API".to_owned(),
                count: 172,
            },
            KindCount {
                kind: "domain".to_owned(),
                label: "Domain".to_owned(),
                count: 91,
            },
        ],
        facets: vec![
            FacetGroup {
                id: "tier".to_owned(),
                title: "Tier".to_owned(),
                values: vec![
                    value("1", "Tier 1", 28, chosen("tier", "1")),
                    value("2", "Tier 2", 41, chosen("tier", "2")),
                ],
            },
            FacetGroup {
                id: "owners".to_owned(),
                title: "Owner".to_owned(),
                values: squads.collect(),
            },
        ],
        columns: shown_columns(&query, &fields),
        available_columns: available_columns(&query.kind, &fields),
        query,
    }
}
