//! A small organisation from source to what is served, compared with the reference
//! implementation's output.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::collections::BTreeMap;

use model::catalog::relations::declared;
use model::catalog::{
    Entity, EntityRef, EntityView, KindSet, LocationRef, Relation, apply_defaults, set_annotation,
    validate, well_known, with_relations,
};
use serde_json::Value;

fn list(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("a JSON list")
}

/// Reads the sources as the catalog does, and serves them.
fn serve(sources: Vec<Value>) -> BTreeMap<EntityRef, Value> {
    let mut relations: BTreeMap<EntityRef, Vec<Relation>> = BTreeMap::new();
    let mut entities = Vec::new();
    for mut source in sources {
        assert_eq!(validate(&source, &KindSet::default()), []);
        for key in [
            well_known::MANAGED_BY_LOCATION,
            well_known::MANAGED_BY_ORIGIN_LOCATION,
        ] {
            set_annotation(&mut source, key, "file:DATASET");
        }
        apply_defaults(&mut source);
        for found in declared(&source).unwrap() {
            let of_source = relations.entry(found.source).or_default();
            of_source.push(Relation {
                kind: found.kind,
                target: found.target,
            });
        }
        entities.push(Entity::finish(source, "a-uid").unwrap());
    }
    entities
        .into_iter()
        .map(|entity| {
            let own = relations.remove(&entity.entity_ref).unwrap_or_default();
            let text = with_relations(&entity.body, &own, None);
            (entity.entity_ref, serde_json::from_str(&text).unwrap())
        })
        .collect()
}

#[test]
fn the_organisation_is_served_as_expected() {
    let root = LocationRef::parse("file:DATASET").unwrap();
    let mut sources = list(include_str!("vectors/catalog/dataset.json"));
    sources.push(root.generated_entity());
    let mut served = serve(sources);
    let expected = list(include_str!("vectors/catalog/expected-entities.json"));
    assert_eq!(served.len(), expected.len());
    for mut expected in expected {
        if EntityView(&expected).name().starts_with("generated-") {
            // Its name is the hash of a path that the vectors have replaced.
            expected["metadata"]["name"] = root.generated_name().into();
        }
        let entity_ref = EntityView(&expected).entity_ref().unwrap();
        let mut entity = served.remove(&entity_ref).unwrap();
        let metadata = entity["metadata"].as_object_mut().unwrap();
        assert_eq!(metadata.remove("uid"), Some("a-uid".into()));
        assert!(metadata.remove("etag").is_some());
        assert_eq!(entity, expected, "{entity_ref}");
    }
}
