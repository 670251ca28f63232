//! The same catalog as files, for measurements of a portal that reads them.

use std::path::Path;

use serde_json::Value;

use crate::synthetic;

/// Entities a file, files a folder.
const ENTITIES: usize = 10;
const FILES: usize = 100;

/// Writes `size` entities as YAML below a folder.
pub(crate) fn write(folder: &Path, size: usize) {
    let entities: Vec<Value> = synthetic::entities(size).collect();
    for (at, entities) in entities.chunks(ENTITIES).enumerate() {
        let own = folder.join(format!("part-{}", at / FILES));
        std::fs::create_dir_all(&own).unwrap();
        let documents: Vec<String> = entities.iter().map(document).collect();
        let file = own.join(format!("catalog-{at}.yaml"));
        std::fs::write(file, documents.join("---\n")).unwrap();
    }
}

/// As an author would write it: without what a portal adds.
fn document(entity: &Value) -> String {
    let mut entity = entity.clone();
    let metadata = entity["metadata"].as_object_mut().unwrap();
    metadata.shift_remove("uid");
    metadata.shift_remove("etag");
    let annotations = metadata["annotations"].as_object_mut().unwrap();
    annotations.retain(|key, _| !key.starts_with("backstage.io/managed-by"));
    let text = serde_saphyr::to_string(&entity).unwrap();
    format!("{}\n", text.trim_end())
}
