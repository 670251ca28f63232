//! Which kinds may come from where: `catalog.rules` and `catalog.locations[].rules`.

use globset::{GlobBuilder, GlobMatcher};
use model::catalog::{JsonPath, LocationRef};
use serde_json::Value;

use super::section::{Findings, Section, in_words};

/// What may come from anywhere when `catalog.rules` is not configured.
const DEFAULT_KINDS: [&str; 3] = ["Component", "API", "Location"];

/// The rules in force; an entity is accepted when any of them allows it.
#[derive(Debug, Clone)]
pub struct Rules(Vec<Rule>);

#[derive(Debug, Clone)]
struct Rule {
    /// What it allows; `None` means every kind.
    allow: Option<Vec<Allowed>>,
    /// Origins that it holds for; `None` means all.
    origins: Option<Vec<Origin>>,
}

#[derive(Debug, Clone)]
struct Allowed {
    kind: String,
    spec_type: Option<String>,
}

#[derive(Debug, Clone)]
struct Origin {
    kind: String,
    target: Target,
}

#[derive(Debug, Clone)]
enum Target {
    Any,
    Exact(String),
    Pattern(GlobMatcher),
}

impl Default for Rules {
    fn default() -> Self {
        let allow = DEFAULT_KINDS.iter().map(|kind| Allowed {
            kind: (*kind).to_owned(),
            spec_type: None,
        });
        Self(vec![Rule {
            allow: Some(allow.collect()),
            origins: None,
        }])
    }
}

impl Rules {
    /// One rule that allows every kind from everywhere, for checking files.
    #[must_use]
    pub fn allow_everything() -> Self {
        Self(vec![Rule {
            allow: None,
            origins: None,
        }])
    }

    /// Whether an entity of this kind and `spec.type` may come from below this configured
    /// location. Kinds and types compare without regard to case.
    #[must_use]
    pub fn allow(&self, origin: &LocationRef, kind: &str, spec_type: Option<&str>) -> bool {
        self.0
            .iter()
            .filter(|rule| rule.holds_for(origin))
            .any(|rule| rule.allows(kind, spec_type))
    }

    /// The same by a rule that names the location: what holds for everywhere does not count.
    #[must_use]
    pub fn allow_by_name(&self, origin: &LocationRef, kind: &str, spec_type: Option<&str>) -> bool {
        let named = self.0.iter().filter(|rule| rule.origins.is_some());
        named
            .filter(|rule| rule.holds_for(origin))
            .any(|rule| rule.allows(kind, spec_type))
    }

    /// The kinds that may come from this origin, in the order of the rules.
    #[must_use]
    pub fn kinds_from(&self, origin: &LocationRef) -> Vec<&str> {
        let rules = self.0.iter().filter(|rule| rule.holds_for(origin));
        let allowed = rules.filter_map(|rule| rule.allow.as_ref()).flatten();
        allowed.map(|allowed| allowed.kind.as_str()).collect()
    }

    pub(super) fn read(items: &[(JsonPath, &Value)], findings: &mut Findings) -> Self {
        Self(
            items
                .iter()
                .map(|item| Rule::read(item, findings))
                .collect(),
        )
    }

    /// Lets people and groups come from a location.
    pub(super) fn add_people(&mut self, location: &LocationRef) {
        let allow = ["User", "Group"].map(|kind| Allowed {
            kind: kind.to_owned(),
            spec_type: None,
        });
        self.0.push(Rule {
            allow: Some(allow.into()),
            origins: Some(vec![Origin::exactly(location)]),
        });
    }

    /// Adds what one configured location allows for itself.
    pub(super) fn add_for(
        &mut self,
        location: &LocationRef,
        items: &[(JsonPath, &Value)],
        findings: &mut Findings,
    ) {
        for item in items {
            let mut rule = Rule::read(item, findings);
            rule.origins = Some(vec![Origin::exactly(location)]);
            self.0.push(rule);
        }
    }
}

impl Rule {
    fn read((path, value): &(JsonPath, &Value), findings: &mut Findings) -> Self {
        let mut section = Section::of(value, path.clone(), findings);
        let allow = section.list("allow", findings).unwrap_or_else(|| {
            if section.get("allow").is_none() {
                findings.wrong(path, "allow is missing", "allow: a list of kinds");
            }
            Vec::new()
        });
        let origins = section.list("locations", findings);
        section.finish(findings);
        Self {
            allow: Some(
                allow
                    .iter()
                    .filter_map(|item| Allowed::read(item, findings))
                    .collect(),
            ),
            origins: origins.map(|items| {
                items
                    .iter()
                    .filter_map(|item| Origin::read(item, findings))
                    .collect()
            }),
        }
    }

    fn allows(&self, kind: &str, spec_type: Option<&str>) -> bool {
        self.allow
            .as_ref()
            .is_none_or(|allow| allow.iter().any(|allowed| allowed.matches(kind, spec_type)))
    }

    fn holds_for(&self, origin: &LocationRef) -> bool {
        self.origins
            .as_ref()
            .is_none_or(|origins| origins.iter().any(|own| own.matches(origin)))
    }
}

impl Allowed {
    fn read((path, value): &(JsonPath, &Value), findings: &mut Findings) -> Option<Self> {
        if let Some(kind) = value.as_str().filter(|kind| !kind.is_empty()) {
            return Some(Self {
                kind: kind.to_owned(),
                spec_type: None,
            });
        }
        if !value.is_object() {
            let expected = "a kind, or {kind: …, spec.type: …}";
            findings.wrong(path, format!("is {}", in_words(value)), expected);
            return None;
        }
        let mut section = Section::of(value, path.clone(), findings);
        let kind = section
            .required("kind", "the kind that is allowed", findings)?
            .to_owned();
        let spec_type = section.text("spec.type", findings).map(str::to_owned);
        section.finish(findings);
        Some(Self { kind, spec_type })
    }

    fn matches(&self, kind: &str, spec_type: Option<&str>) -> bool {
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        same(&self.kind, kind)
            && self
                .spec_type
                .as_deref()
                .is_none_or(|own| spec_type.is_some_and(|its| same(own, its)))
    }
}

impl Origin {
    fn exactly(location: &LocationRef) -> Self {
        Self {
            kind: location.kind().to_owned(),
            target: Target::Exact(location.target().to_owned()),
        }
    }

    fn read((path, value): &(JsonPath, &Value), findings: &mut Findings) -> Option<Self> {
        let mut section = Section::of(value, path.clone(), findings);
        let kind = section.required("type", "the type of location, such as file", findings)?;
        let exact = section.text("exact", findings);
        let pattern = section.text("pattern", findings);
        section.finish(findings);
        let target = match (exact, pattern) {
            (None, None) => Target::Any,
            (Some(exact), None) => Target::Exact(exact.to_owned()),
            (None, Some(pattern)) => Target::Pattern(glob(pattern, path, findings)?),
            (Some(_), Some(_)) => {
                findings.wrong(path, "has both exact and pattern", "one of the two");
                return None;
            }
        };
        Some(Self {
            kind: kind.to_owned(),
            target,
        })
    }

    fn matches(&self, origin: &LocationRef) -> bool {
        self.kind == origin.kind()
            && match &self.target {
                Target::Any => true,
                Target::Exact(target) => target == origin.target(),
                Target::Pattern(pattern) => pattern.is_match(origin.target()),
            }
    }
}

fn glob(pattern: &str, path: &JsonPath, findings: &mut Findings) -> Option<GlobMatcher> {
    let glob = GlobBuilder::new(pattern)
        .case_insensitive(true)
        .literal_separator(true)
        .build();
    match glob {
        Ok(glob) => Some(glob.compile_matcher()),
        Err(error) => {
            let expected = "a glob such as https://github.com/org/**";
            findings.wrong(&path.key("pattern"), error.kind().to_string(), expected);
            None
        }
    }
}
