//! Where to read from: `catalog.locations`.

use std::path::{Path, PathBuf};

use model::catalog::{JsonPath, LocationRef};
use serde_json::Value;

use super::{
    Rules,
    section::{Findings, Section},
};
use crate::source::normalized;

/// A location to begin at: an entry of `catalog.locations`, or one that was added since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfiguredLocation {
    /// Type and target; the target of a file is an absolute path without `.` and `..`.
    pub location: LocationRef,
    /// Whether it may be missing without that being a problem (`presence: optional`).
    pub is_optional: bool,
    /// Who named it.
    pub standing: Standing,
}

/// Who named a location.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    /// The configuration.
    #[default]
    Configured,
    /// Somebody, through the portal: nobody can be made a person that way.
    Registered,
    /// A provider that the configuration names. It says itself when something has changed.
    Discovered,
}

impl ConfiguredLocation {
    /// The absolute path of a location of type `file`.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        (self.location.kind() == "file").then(|| PathBuf::from(self.location.target()))
    }
}

pub(super) fn read(
    items: &[(JsonPath, &Value)],
    base: &Path,
    rules: &mut Rules,
    findings: &mut Findings,
) -> Vec<ConfiguredLocation> {
    let mut locations: Vec<ConfiguredLocation> = Vec::with_capacity(items.len());
    for (path, item) in items {
        let Some(location) = read_one(item, path, base, rules, findings) else {
            continue;
        };
        if !locations
            .iter()
            .any(|known| known.location == location.location)
        {
            locations.push(location);
        }
    }
    locations
}

fn read_one(
    item: &Value,
    path: &JsonPath,
    base: &Path,
    rules: &mut Rules,
    findings: &mut Findings,
) -> Option<ConfiguredLocation> {
    let mut section = Section::of(item, path.clone(), findings);
    let kind = section.required("type", "file", findings);
    let target = section.required("target", "a path or an address", findings);
    let presence = section.text("presence", findings).unwrap_or("required");
    let own_rules = section.list("rules", findings).unwrap_or_default();
    let presence_path = section.path_of("presence");
    section.finish(findings);
    if !matches!(presence, "required" | "optional") {
        findings.wrong(
            &presence_path,
            format!("is `{presence}`"),
            "required or optional",
        );
    }
    let location = location(kind?, target?, base)
        .map_err(|error| findings.wrong(path, error, "a type and a target"))
        .ok()?;
    rules.add_for(&location, &own_rules, findings);
    Some(ConfiguredLocation {
        location,
        is_optional: presence == "optional",
        standing: Standing::Configured,
    })
}

fn location(kind: &str, target: &str, base: &Path) -> Result<LocationRef, String> {
    let absolute;
    let target = if kind == "file" {
        absolute = normalized(&base.join(target));
        absolute
            .to_str()
            .ok_or("the directory of the configuration is not UTF-8")?
    } else {
        target
    };
    LocationRef::new(kind, target).map_err(|error| error.to_string())
}
