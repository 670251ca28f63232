//! Where an entity of kind Location leads.

use std::path::{Path, PathBuf};

use model::catalog::{
    EntityView, JsonPath,
    scm::{self, Scm},
};
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

/// Whether a Location, which is in the file `from`, leads to the file `to`; both are locations.
/// Only names are looked at, so that it holds for files that are gone, too.
pub(crate) fn leads_to(location: &Value, from: &str, to: &str) -> bool {
    let Some(targets) = Targets::of(location) else {
        return false;
    };
    let kind = targets.kind.as_deref();
    let mut texts = targets.targets.iter().map(|target| &*target.text);
    match (path_of(from), path_of(to), to.strip_prefix("url:")) {
        (Some(from), Some(to), _) if kind.is_none_or(|kind| kind == "file") => {
            texts.any(|target| stands_for(&resolve(target, &from), &to))
        }
        (_, _, Some(to)) if kind.is_none_or(|kind| kind == "url") => {
            let from = from.strip_prefix("url:").unwrap_or_default();
            texts.any(|target| means(target, from, to))
        }
        _ => false,
    }
}

/// Whether a target beside `from` means the address `to`, or is a pattern that does.
fn means(target: &str, from: &str, to: &str) -> bool {
    // Which kind of host it is, is not known here; the others have no way of their own.
    [None, Some(Scm::GitHub)]
        .iter()
        .filter_map(|scm| scm::resolve(*scm, target, from))
        .any(|address| {
            address == to
                || (address.contains('*') && stands_for(Path::new(&address), Path::new(to)))
        })
}

/// A target of a Location in `file`, as an absolute path.
fn resolve(target: &str, file: &Path) -> PathBuf {
    let directory = file.parent().unwrap_or(file);
    normalized(&directory.join(target))
}
