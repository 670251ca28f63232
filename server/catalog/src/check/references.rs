//! References of checked files that lead to nothing.

use std::{collections::HashMap, sync::Arc};

use model::catalog::{EntityRef, JsonPath, relations::referred};
use serde_json::Value;

use crate::{
    process::{
        location_path,
        problem::{OWNER, Place, REFERENCE, concerning},
    },
    store::{Put, StoredProblem},
    yaml::{Position, Positions, RawDocument, decode, split_documents},
};

/// A reference to an entity that is not there.
pub(super) struct Dangling {
    pub(super) path: JsonPath,
    pub(super) target: EntityRef,
}

/// Those of an entity's references that lead to nothing, each target once.
pub(super) fn dangling(value: &Value, exists: impl Fn(&EntityRef) -> bool) -> Vec<Dangling> {
    let mut found: Vec<Dangling> = Vec::new();
    for (path, target) in referred(value) {
        if !exists(&target) && !found.iter().any(|known| known.target == target) {
            found.push(Dangling { path, target });
        }
    }
    found
}

impl Dangling {
    /// The problem that it is, where the file says it.
    pub(super) fn problem(&self, put: &Put, why: &str, files: &mut Files) -> StoredProblem {
        let place = Place::new(&put.location, &put.origin);
        let (code, what, expected) = if self.path.as_str() == "/spec/owner" {
            let what = format!("the owner {} does not exist{why}", self.target);
            (OWNER, what, "a group or user that exists")
        } else {
            let field = self.path.dotted();
            let what = format!(
                "{field} refers to {}, which does not exist{why}",
                self.target
            );
            (REFERENCE, what, "a reference to an entity that exists")
        };
        let at = files.position(put, &self.path);
        concerning(place.error(code, at, what, expected), Some(&put.entity_ref))
    }
}

/// The documents of files, for those that ask where something stands in them.
#[derive(Default)]
pub(super) struct Files(HashMap<Arc<str>, HashMap<u32, Document>>);

/// The line at which it begins in its file, and its text.
struct Document(u32, String);

impl Files {
    /// Where a part of an entity stands; where its document begins, when that cannot be told.
    fn position(&mut self, put: &Put, part: &JsonPath) -> Option<Position> {
        let line = put.line?;
        let known = self.0.entry(Arc::clone(&put.location));
        let documents = known.or_insert_with(|| documents(&put.location).unwrap_or_default());
        let segments: Vec<String> = part.segments().collect();
        let found = documents.get(&line).and_then(|Document(first_line, text)| {
            let document = RawDocument {
                text,
                first_line: *first_line,
            };
            Positions::of(document).value_at(segments.iter().map(String::as_str))
        });
        Some(found.unwrap_or(Position { line, column: 1 }))
    }
}

/// The documents of a file by the lines at which their content begins.
fn documents(location: &str) -> Option<HashMap<u32, Document>> {
    let bytes = std::fs::read(location_path(location)?).ok()?;
    let documents = split_documents(decode(&bytes).ok()?);
    let by_line = documents.into_iter().map(|document| {
        let own = Document(document.first_line, document.text.to_owned());
        (document.content_line(), own)
    });
    Some(by_line.collect())
}
