//! The index answers as the oracle does, and a changed index as one built anew.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod catalog_oracle;

use std::sync::Arc;

use catalog_oracle::{Oracle, entity_ref};
use model::catalog::filter::{Filter, Predicate};
use model::catalog::index::{CatalogIndex, Change, FieldSpec};
use model::catalog::page::{Viewer, entity_row};
use model::catalog::query::{OrderBy, Query};
use model::catalog::relations::declared;
use model::catalog::{EntityRef, RelationType};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const KEYS: [&str; 24] = [
    "kind",
    "KIND",
    "metadata.name",
    "metadata.namespace",
    "metadata.title",
    "metadata.description",
    "metadata.tags",
    "metadata.tags.go",
    "Metadata.Tags.GO",
    "metadata.tags.a.b",
    "metadata.etag",
    "metadata.labels.x.io/y",
    "spec.owner",
    "spec.type",
    "spec.list",
    "spec.list.go",
    "spec.list.k",
    "spec.deep.a.b",
    "spec.deep",
    "spec.tier",
    "relations.ownedBy",
    "relations.ownerof",
    "relations.partOf",
    "nope",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec!["go", "Go", "a.b", "x", "pay", "Zebra", "true", "1"]).prop_map(str::to_owned),
        1 => Just("x".repeat(201)),
        1 => Just("é".repeat(200)),
    ]
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..3i64).prop_map(Value::from),
        Just(json!(1.5)),
        word().prop_map(Value::from),
    ]
}

fn anything() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(
                (prop::sample::select(vec!["a", "b", "k", "go"]), inner),
                0..3
            )
            .prop_map(|members| {
                let members = members
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value));
                Value::Object(members.collect())
            }),
        ]
    })
}

fn reference() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "a",
        "b",
        "c",
        "other/a",
        "group:b",
        "Group:default/A",
        "system:a",
        "domain:b",
        "component:other/c",
        "nobody",
    ])
    .prop_map(str::to_owned)
}

fn spec() -> impl Strategy<Value = Map<String, Value>> {
    let field = prop_oneof![
        (
            prop::sample::select(vec![
                "owner",
                "system",
                "domain",
                "subcomponentOf",
                "parent"
            ]),
            reference().prop_map(Value::from)
        ),
        (
            Just("tier"),
            prop_oneof![word().prop_map(Value::from), Just(json!("group:A"))]
        ),
        (Just("type"), word().prop_map(Value::from)),
        (Just("list"), anything()),
        (Just("deep"), anything()),
        (
            Just("profile"),
            word().prop_map(|name| json!({ "displayName": name }))
        ),
    ];
    prop::collection::vec(field, 0..6).prop_map(|fields| {
        let fields = fields.into_iter();
        fields.map(|(key, value)| (key.to_owned(), value)).collect()
    })
}

fn metadata() -> impl Strategy<Value = Map<String, Value>> {
    let optional = |strategy: BoxedStrategy<Value>| prop::option::of(strategy);
    (
        prop::sample::select(vec!["a", "b", "c", "A"]),
        prop::option::weighted(0.6, prop::sample::select(vec!["default", "other"])),
        optional(word().prop_map(Value::from).boxed()),
        optional(word().prop_map(Value::from).boxed()),
        optional(
            prop::collection::vec(word(), 0..4)
                .prop_map(Value::from)
                .boxed(),
        ),
        optional(Just(json!({ "x.io/Y": "Val", "x.io": { "y": 1 } })).boxed()),
    )
        .prop_map(|(name, namespace, title, description, tags, labels)| {
            let mut metadata = Map::new();
            metadata.insert("name".into(), name.into());
            metadata.insert("etag".into(), "e".into());
            let members = [
                ("namespace", namespace.map(Value::from)),
                ("title", title),
                ("description", description),
                ("tags", tags),
                ("labels", labels),
            ];
            for (key, value) in members {
                metadata.extend(value.map(|value| (key.to_owned(), value)));
            }
            metadata
        })
}

fn entity() -> impl Strategy<Value = Value> {
    let kinds = vec!["Component", "System", "Domain", "Group", "User"];
    (prop::sample::select(kinds), metadata(), spec()).prop_map(|(kind, metadata, spec)| {
        json!({ "apiVersion": "backstage.io/v1alpha1", "kind": kind, "metadata": metadata, "spec": spec,
            "status": { "items": [1] } })
    })
}

#[derive(Debug, Clone)]
enum Step {
    Put(Value),
    Remove(EntityRef),
}

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let step = prop_oneof![
        4 => entity().prop_map(Step::Put),
        1 => entity().prop_map(|value| Step::Remove(entity_ref(&value))),
    ];
    prop::collection::vec(prop::collection::vec(step, 0..6), 1..8)
}

fn fields() -> Arc<[FieldSpec]> {
    let field = |id: &str, inherit: &[&str]| FieldSpec {
        id: id.into(),
        title: id.into(),
        path: format!("spec.{id}"),
        kinds: Vec::new(),
        filter: true,
        column: true,
        inherit: inherit.iter().map(|path| (*path).to_owned()).collect(),
    };
    Arc::new([
        field("tier", &["spec.domain", "spec.owner", "spec.parent"]),
        field("list", &["spec.subcomponentOf", "spec.parent"]),
    ])
}

fn change(step: Step) -> Change {
    match step {
        Step::Remove(entity_ref) => Change::Remove(entity_ref),
        Step::Put(value) => Change::Put {
            entity_ref: entity_ref(&value),
            relations: declared(&value).unwrap_or_default(),
            value,
        },
    }
}

fn note(oracle: &mut Oracle, step: Step) {
    match step {
        Step::Put(value) => oracle.put(value),
        Step::Remove(entity_ref) => {
            oracle.entities.remove(&entity_ref);
        }
    }
}

fn built(oracle: &Oracle) -> CatalogIndex {
    let mut index = CatalogIndex::new(fields());
    index.apply(
        oracle
            .entities
            .values()
            .map(|(value, _)| change(Step::Put(value.clone()))),
    );
    index
}

/// Everything that can be seen of an index.
fn seen(index: &CatalogIndex) -> Vec<String> {
    let refs = index.refs(&Predicate::EVERYTHING, &[]);
    let mut seen = vec![format!("{:?}", index.keys())];
    for entity_ref in refs {
        let row = index.find(entity_ref).unwrap();
        seen.push(format!("{entity_ref} {:?}", index.relations(entity_ref)));
        seen.push(format!(
            "{:?}",
            entity_row(index, entity_ref, Viewer::default())
        ));
        for (key, _) in index.keys() {
            let mut values = index.values(row, &key);
            values.sort_unstable();
            seen.push(format!("{key} {values:?}"));
        }
    }
    for (key, _) in index.keys() {
        seen.push(format!(
            "{:?}",
            index.facets(&Predicate::EVERYTHING, &[&key])
        ));
        for by_label in [false, true] {
            let order = OrderBy {
                by_label,
                ..OrderBy::descending(&key)
            };
            seen.push(format!(
                "{:?}",
                index.refs(&Predicate::EVERYTHING, &[order])
            ));
        }
    }
    seen
}

fn key() -> impl Strategy<Value = String> {
    prop::sample::select(KEYS.to_vec()).prop_map(str::to_owned)
}

fn predicate() -> impl Strategy<Value = Predicate> {
    let refs = prop::collection::vec(entity().prop_map(|value| entity_ref(&value)), 0..3);
    let value = prop_oneof![
        word(),
        Just("group:default/a".to_owned()),
        Just("TRUE".to_owned()),
        Just("Component".to_owned())
    ];
    let simple = prop_oneof![
        key().prop_map(Predicate::Exists),
        (key(), value.clone()).prop_map(|(key, value)| Predicate::Equals(key, value)),
        (key(), prop::collection::vec(value, 0..3))
            .prop_map(|(key, values)| Predicate::In(key, values)),
        (key(), "[a-zA-Z]{0,2}").prop_map(|(key, prefix)| Predicate::HasPrefix(key, prefix)),
        (prop::collection::vec(key(), 0..3), "[a-zA-Z.]{0,2}")
            .prop_map(|(keys, term)| Predicate::Contains { keys, term }),
        "[a-zA-Z ]{0,4}".prop_map(Predicate::Words),
        refs.prop_map(Predicate::IsOneOf),
        Just(Predicate::HasMissing(RelationType::OwnedBy)),
        Just(Predicate::HasMissing(RelationType::PartOf)),
    ];
    simple.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Predicate::All),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Predicate::Any),
            inner.prop_map(|part| Predicate::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #[test]
    fn questions_are_answered_as_the_oracle_answers_them(
        entities in prop::collection::vec(entity(), 0..14),
        questions in prop::collection::vec((predicate(), key(), any::<bool>(), 0..4u32, 0..6u32), 1..12),
    ) {
        let mut oracle = Oracle::default();
        entities.into_iter().for_each(|value| oracle.put(value));
        let index = built(&oracle);
        for (predicate, key, descending, offset, limit) in questions {
            let found = oracle.matching(&predicate);
            prop_assert_eq!(index.refs(&predicate, &[]), found.iter().collect::<Vec<_>>(), "{:?}", predicate);
            prop_assert_eq!(index.count(&predicate) as usize, found.len());

            let order = if descending { OrderBy::descending(&key) } else { OrderBy::ascending(&key) };
            let ordered = oracle.ordered(&found, &key, descending);
            prop_assert_eq!(
                index.refs(&predicate, std::slice::from_ref(&order)),
                ordered.iter().collect::<Vec<_>>(),
                "{}",
                key
            );

            let answer = index.query(&Query::of(predicate.clone()).ordered(order).page(offset, limit));
            let page: Vec<EntityRef> =
                answer.rows.iter().map(|row| index.entity_ref(*row).unwrap().clone()).collect();
            let expected: Vec<EntityRef> =
                ordered.into_iter().skip(offset as usize).take(limit as usize).collect();
            prop_assert_eq!(page, expected);
            prop_assert_eq!(answer.total as usize, found.len());

            let facet = index.facets(&predicate, &[&key]).remove(0);
            let counts: Vec<(String, u32)> =
                facet.values.into_iter().map(|value| (value.value, value.count)).collect();
            prop_assert_eq!(counts, oracle.facet(&found, &key), "{}", key);
        }
    }

    #[test]
    fn a_changed_index_is_like_one_built_anew(batches in steps()) {
        let mut oracle = Oracle { fields: fields().to_vec(), ..Oracle::default() };
        let mut index = CatalogIndex::new(fields());
        for batch in batches {
            let (before, looked) = (index.clone(), seen(&index));
            for step in &batch {
                note(&mut oracle, step.clone());
            }
            index.apply(batch.into_iter().map(change));
            prop_assert_eq!(seen(&before), looked, "a copy sees changes made after it");
            prop_assert_eq!(seen(&index), seen(&built(&oracle)));
            check_derived(&index, &oracle)?;
        }
    }
}

/// Relations, inherited fields and the domain are as the oracle derives them.
fn check_derived(index: &CatalogIndex, oracle: &Oracle) -> Result<(), TestCaseError> {
    for of in oracle.entities.keys() {
        let relations: Vec<(String, EntityRef)> = index
            .relations(of)
            .into_iter()
            .map(|relation| (relation.kind.as_str().to_owned(), relation.target))
            .collect();
        prop_assert_eq!(
            relations,
            oracle.relations(of).into_iter().collect::<Vec<_>>()
        );
        let row = index.find(of).unwrap();
        let domain = oracle.domain(of, &mut Default::default());
        let expected: Vec<String> = domain.iter().map(EntityRef::to_string).collect();
        prop_assert_eq!(index.values(row, "domain"), expected, "domain of {}", of);
        let tier = oracle
            .fields
            .iter()
            .find(|field| field.id == "tier")
            .unwrap();
        let tier = oracle.field(tier, of, &mut Default::default());
        prop_assert_eq!(index.values(row, "field.tier"), tier, "tier of {}", of);
    }
    Ok(())
}

fn small(entities: &[Value]) -> CatalogIndex {
    let mut oracle = Oracle::default();
    entities.iter().for_each(|value| oracle.put(value.clone()));
    built(&oracle)
}

#[test]
fn filters_follow_the_contract() {
    let index = small(&[
        json!({ "kind": "Component", "metadata": { "name": "One", "tags": ["go", "c++"] },
            "spec": { "type": "service", "owner": "a", "empty": null, "long": "x".repeat(201), "n": [1, 2] } }),
        json!({ "kind": "API", "metadata": { "name": "two", "namespace": "other" }, "spec": { "type": "grpc" } }),
    ]);
    let check = |filters: &[&str], expected: &[&str]| {
        let filter = Filter::parse(filters.iter().copied()).unwrap();
        let found = index.refs(&filter.predicate(), &[]);
        let names: Vec<&str> = found.iter().map(|found| found.name()).collect();
        assert_eq!(names, expected, "{filters:?}");
    };
    check(&[], &["two", "one"]);
    check(&["kind=COMPONENT"], &["one"]);
    check(&["kind=component,kind=api"], &["two", "one"]);
    check(&["kind=component,Kind=api"], &[]);
    check(&["kind=component,spec.type=grpc"], &[]);
    check(&["kind=component", "spec.type=GRPC"], &["two", "one"]);
    check(&["spec.empty"], &["one"]);
    check(&["spec.empty="], &[]);
    check(&["spec.long"], &["one"]);
    check(&["metadata.tags.c++"], &["one"]);
    check(&["metadata.tags.go=TRUE"], &["one"]);
    check(&["metadata.tags.rust"], &[]);
    check(&["spec.n=2"], &["one"]);
    check(&["spec.n.2"], &[]);
    check(&["kind,kind=api"], &["two"]);
    check(&[" , ,kind = api ,"], &["two"]);
    check(&[","], &["two", "one"]);
    check(&["kind=api", " "], &["two"]);
    check(&["kind!=api"], &[]);
    check(&["relations.ownedBy=Group:default/A"], &["one"]);
    check(&["relations.ownedby=a"], &[]);
    assert!(Filter::parse(["=x"]).is_err());
    assert!(Filter::parse(["kind=api", "a=b,=x"]).is_err());
}

#[test]
fn an_inherited_value_follows_its_source() {
    let component =
        json!({ "kind": "Component", "metadata": { "name": "c" }, "spec": { "system": "s" } });
    let system =
        json!({ "kind": "System", "metadata": { "name": "s" }, "spec": { "domain": "d" } });
    let domain = |tier: &str| json!({ "kind": "Domain", "metadata": { "name": "d" }, "spec": { "tier": tier } });
    let mut index = CatalogIndex::new(fields());
    let tier = |index: &CatalogIndex| {
        let row = index.find(&"component:c".parse().unwrap()).unwrap();
        let values = index.values(row, "field.tier");
        values.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    index.apply([change(Step::Put(component))]);
    assert!(tier(&index).is_empty());
    index.apply([change(Step::Put(domain("1")))]);
    assert!(tier(&index).is_empty());
    index.apply([change(Step::Put(system))]);
    assert_eq!(tier(&index), ["1"]);
    index.apply([change(Step::Put(domain("2")))]);
    assert_eq!(tier(&index), ["2"]);
    index.apply([change(Step::Remove("system:default/s".parse().unwrap()))]);
    assert!(tier(&index).is_empty());
}
