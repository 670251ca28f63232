//! The `catalog` part of the configuration, typed. Key names are Backstage's where the meaning
//! is the same; the files themselves are read and merged elsewhere.

mod interval;
mod locations;
mod providers;
mod rules;
mod section;

use std::{path::Path, time::Duration};

use model::catalog::{JsonPath, KindSet, Problem, index::FieldSpec};
use serde_json::Value;

pub use locations::{ConfiguredLocation, Standing};
pub use providers::{GitHubOrgProvider, GitHubProvider, RepositoryFilter};
pub use rules::Rules;

use section::{Findings, Section, in_words};

/// What becomes of an entity that no source names any more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OrphanStrategy {
    /// It is deleted at once.
    #[default]
    Delete,
    /// It stays, marked `backstage.io/orphan`.
    Keep,
}

/// Everything the catalog is told by configuration.
#[derive(Debug, Clone)]
pub struct CatalogConfig {
    /// Where to read, in order: the first of two locations wins a new conflict.
    pub locations: Vec<ConfiguredLocation>,
    /// Which kinds may come from where.
    pub rules: Rules,
    /// Organisations in whose repositories catalog files are looked for.
    pub github: Vec<GitHubProvider>,
    /// Organisations whose people become Users and Groups.
    pub github_orgs: Vec<GitHubOrgProvider>,
    /// Whether nobody may register, move or end locations (`catalog.readonly`).
    pub is_readonly: bool,
    /// What becomes of orphans.
    pub orphan_strategy: OrphanStrategy,
    /// How often everything is read again, changes or none; `None` never.
    pub processing_interval: Option<Duration>,
    /// The organisation's own dimensions.
    pub fields: Vec<FieldSpec>,
    /// Kinds besides Backstage's own.
    pub kinds: KindSet,
    /// Keys that nothing here knows, dotted, relative to `catalog`.
    pub unknown_keys: Vec<String>,
}

impl Default for CatalogConfig {
    fn default() -> Self {
        Self {
            locations: Vec::new(),
            rules: Rules::default(),
            github: Vec::new(),
            github_orgs: Vec::new(),
            is_readonly: false,
            orphan_strategy: OrphanStrategy::default(),
            processing_interval: Some(interval::DEFAULT_INTERVAL),
            fields: Vec::new(),
            kinds: KindSet::default(),
            unknown_keys: Vec::new(),
        }
    }
}

impl CatalogConfig {
    /// Reads the value of the `catalog` key. Relative file targets are taken from `base`, an
    /// absolute directory.
    ///
    /// # Errors
    /// Every wrong value of a known key; paths are relative to `catalog`.
    pub fn from_value(catalog: &Value, base: &Path) -> Result<Self, Vec<Problem>> {
        let mut findings = Findings::default();
        let mut section = Section::of(catalog, JsonPath::root(), &mut findings);
        let mut rules = section
            .list("rules", &mut findings)
            .map_or_else(Rules::default, |items| Rules::read(&items, &mut findings));
        let items = section.list("locations", &mut findings).unwrap_or_default();
        let mut locations = locations::read(&items, base, &mut rules, &mut findings);
        let providers = section.get("providers").unwrap_or(&Value::Null);
        let providers_path = section.path_of("providers");
        let mut providers = Section::of(providers, providers_path, &mut findings);
        let github = providers::github(providers.get("github"), &mut findings);
        let orgs = providers.get("githubOrg");
        let github_orgs = providers::github_org(orgs, &mut rules, &mut findings);
        providers.finish(&mut findings);
        locations.extend(github_orgs.iter().map(|provider| ConfiguredLocation {
            location: provider.location.clone(),
            is_optional: false,
            standing: Standing::Configured,
        }));
        let interval_path = section.path_of("processingInterval");
        let mut config = Self {
            locations,
            rules,
            github,
            github_orgs,
            is_readonly: section.flag("readonly", &mut findings),
            orphan_strategy: orphan_strategy(&mut section, &mut findings),
            processing_interval: interval::interval(
                section.get("processingInterval"),
                &interval_path,
                &mut findings,
            ),
            fields: fields(&mut section, &mut findings),
            kinds: kinds(&mut section, &mut findings),
            unknown_keys: Vec::new(),
        };
        section.finish(&mut findings);
        if !findings.problems.is_empty() {
            return Err(findings.problems);
        }
        config.unknown_keys = findings.unknown;
        Ok(config)
    }
}

fn orphan_strategy(section: &mut Section<'_>, findings: &mut Findings) -> OrphanStrategy {
    match section.text("orphanStrategy", findings) {
        None | Some("delete") => OrphanStrategy::Delete,
        Some("keep") => OrphanStrategy::Keep,
        Some(other) => {
            let path = section.path_of("orphanStrategy");
            findings.wrong(&path, format!("is `{other}`"), "delete or keep");
            OrphanStrategy::Delete
        }
    }
}

fn fields(section: &mut Section<'_>, findings: &mut Findings) -> Vec<FieldSpec> {
    let items = section.list("fields", findings).unwrap_or_default();
    let mut fields: Vec<FieldSpec> = Vec::with_capacity(items.len());
    for (path, item) in items {
        match serde_json::from_value::<FieldSpec>(item.clone()) {
            Ok(field)
                if fields
                    .iter()
                    .any(|known| known.id.eq_ignore_ascii_case(&field.id)) =>
            {
                let message = format!("`{}` is declared twice", field.id);
                findings.wrong(&path.key("id"), message, "an id of its own for every field");
            }
            Ok(field) => fields.push(field),
            Err(error) => findings.wrong(
                &path,
                error.to_string(),
                "{id, title, path} and optionally kinds, filter, column, inherit",
            ),
        }
    }
    fields
}

fn kinds(section: &mut Section<'_>, findings: &mut Findings) -> KindSet {
    let mut kinds: Vec<String> = Vec::new();
    for (path, item) in section.list("kinds", findings).unwrap_or_default() {
        match item.as_str().filter(|kind| is_kind(kind)) {
            Some(kind) => kinds.push(kind.to_owned()),
            None => findings.wrong(
                &path,
                format!("is {}", in_words(item)),
                "a kind: letters and digits, a letter first, at most 63",
            ),
        }
    }
    kinds.into_iter().collect()
}

fn is_kind(text: &str) -> bool {
    text.len() <= 63
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests;
