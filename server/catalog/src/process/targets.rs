//! Where an entity of kind Location leads.

use std::path::{Path, PathBuf};

use model::catalog::{EntityView, JsonPath};
use serde_json::Value;

use super::owners::path_of;
use crate::source::{normalized, stands_for};

/// The targets of a Location, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Targets {
    /// `spec.type`; without one, the type of the location that the entity came from.
    pub kind: Option<String>,
    /// `spec.target`, then `spec.targets`.
    pub targets: Vec<Target>,
    /// Whether a target may be missing (`presence: optional`).
    pub is_optional: bool,
}

/// One target and its place in the entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// For example `spec.targets[2]`.
    pub path: JsonPath,
    /// As written.
    pub text: String,
}

impl Targets {
    /// The targets of an entity, if it is a Location.
    pub(super) fn of(entity: &Value) -> Option<Self> {
        let view = EntityView(entity);
        if view.kind() != "Location" {
            return None;
        }
        let single = view.text(&["spec", "target"]).map(|text| Target {
            path: JsonPath::of(["spec", "target"]),
            text: text.to_owned(),
        });
        let list = JsonPath::of(["spec", "targets"]);
        let many = view.texts(&["spec", "targets"]).enumerate();
        Some(Self {
            kind: view.spec_type().map(str::to_owned),
            targets: single
                .into_iter()
                .chain(many.map(|(index, text)| Target {
                    path: list.index(index),
                    text: text.to_owned(),
                }))
                .collect(),
            is_optional: view.text(&["spec", "presence"]) == Some("optional"),
        })
    }
}

/// Whether a Location, which is in the file `from`, leads to another file. Only names are looked
/// at, so that it holds for files that are gone, too.
pub(crate) fn leads_to(location: &Value, from: &str, file: &Path) -> bool {
    let (Some(targets), Some(from)) = (Targets::of(location), path_of(from)) else {
        return false;
    };
    let is_file = targets.kind.as_deref().is_none_or(|kind| kind == "file");
    let mut paths = targets
        .targets
        .iter()
        .map(|target| resolve(&target.text, &from));
    is_file && paths.any(|target| stands_for(&target, file))
}

/// A target of a Location in `file`, as an absolute path.
pub(super) fn resolve(target: &str, file: &Path) -> PathBuf {
    let directory = file.parent().unwrap_or(file);
    normalized(&directory.join(target))
}
