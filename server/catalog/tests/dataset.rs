//! A whole catalog against the entities that Backstage's published packages made of it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test code: a failed precondition fails the test"
)]

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use catalog::{
    config::{CatalogConfig, OrphanStrategy},
    process::{Owners, Reader, Sources, decide, survey},
    source::Web,
    store::Put,
};
use model::catalog::{Relation, relations, with_relations};
use serde_json::{Value, json};

const DATASET: &str = include_str!("vectors/dataset.yaml");
const EXPECTED: &str = include_str!("vectors/expected-entities.json");

/// Every kind of the dataset may come from its file.
fn config(directory: &Path) -> CatalogConfig {
    let kinds = ["Group", "User", "Domain", "System", "Resource", "Template"];
    let catalog = json!({
        "locations": [{"type": "file", "target": "dataset.yaml", "rules": [{"allow": kinds}]}],
    });
    CatalogConfig::from_value(&catalog, directory).unwrap()
}

/// The relations of every entity, both directions.
fn relations_of(puts: &[Put]) -> BTreeMap<String, Vec<Relation>> {
    let mut all: BTreeMap<String, Vec<Relation>> = BTreeMap::new();
    for put in puts {
        let value = serde_json::from_str(&put.body).unwrap();
        for declared in relations::declared(&value).unwrap() {
            all.entry(declared.source.to_string())
                .or_default()
                .push(Relation {
                    kind: declared.kind,
                    target: declared.target,
                });
        }
    }
    all
}

fn served(put: &Put, relations: &[Relation], file: &str) -> Value {
    let text = with_relations(&put.body, relations, None).replace(file, "DATASET");
    let mut value: Value = serde_json::from_str(&text).unwrap();
    let metadata = value["metadata"].as_object_mut().unwrap();
    metadata.remove("uid");
    metadata.remove("etag");
    value
}

/// A generated Location is named after the hash of its path, which differs from machine to
/// machine.
fn without_hash(mut entity: Value) -> Value {
    let name = &mut entity["metadata"]["name"];
    if name
        .as_str()
        .is_some_and(|name| name.starts_with("generated-"))
    {
        *name = "generated".into();
    }
    entity
}

fn by_name(entities: Vec<Value>) -> BTreeMap<String, Value> {
    let name = |entity: &Value| {
        let metadata = &entity["metadata"];
        format!(
            "{}:{}/{}",
            entity["kind"], metadata["namespace"], metadata["name"]
        )
    };
    let named = entities.into_iter().map(without_hash);
    named.map(|entity| (name(&entity), entity)).collect()
}

#[test]
fn the_dataset_becomes_the_expected_entities() {
    let directory = tempfile::tempdir().unwrap();
    let base = directory.path().canonicalize().unwrap();
    fs::write(base.join("dataset.yaml"), DATASET).unwrap();
    let config = config(&base);
    let owners = Owners::default();
    let web = Arc::new(Web::nothing());
    let sources = Sources {
        locations: &config.locations,
        web: &web,
        problems: &[],
    };
    let survey = survey(&config, &sources, &owners, &mut Reader::default());
    let batch = decide(&survey, &owners, OrphanStrategy::Delete);
    assert!(
        batch
            .problems
            .iter()
            .all(|origin| origin.problems.is_empty())
    );

    let relations = relations_of(&batch.puts);
    let file = base.join("dataset.yaml").display().to_string();
    let found = batch.puts.iter().map(|put| {
        let relations = relations.get(put.entity_ref.as_str());
        served(put, relations.map_or(&[], Vec::as_slice), &file)
    });
    let found = by_name(found.collect());
    let expected = by_name(serde_json::from_str(EXPECTED).unwrap());
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>()
    );
    for (name, entity) in &expected {
        assert_eq!(&found[name], entity, "{name}");
    }
}
