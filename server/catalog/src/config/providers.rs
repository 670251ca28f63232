//! Organisations whose repositories and people are found by themselves: `catalog.providers`.

use std::time::Duration;

use integrations::{Repository, Visibility, duration};
use model::catalog::{JsonPath, LocationRef};
use regex::Regex;
use serde_json::Value;
use url::Url;

use super::{
    Rules,
    section::{Findings, Section, in_words},
};

/// Backstage's own examples ask every half hour.
const FREQUENCY: Duration = Duration::from_secs(1_800);
const HOST: &str = "github.com";
const CATALOG_PATH: &str = "catalog-info.yaml";

/// An organisation on GitHub in whose repositories catalog files are looked for.
#[derive(Debug, Clone)]
pub struct GitHubProvider {
    /// `github:` and the provider's name in the configuration.
    pub id: String,
    /// For example `github.com`.
    pub host: String,
    /// The organisation.
    pub organization: String,
    /// The file's path in each repository, without a slash in front; may be a glob.
    pub catalog_path: String,
    /// The branch; `None` is each repository's default.
    pub branch: Option<String>,
    /// Which repositories.
    pub filter: RepositoryFilter,
    /// How often the repositories are listed.
    pub frequency: Duration,
}

/// Which repositories of an organisation.
#[derive(Debug, Clone, Default)]
pub struct RepositoryFilter {
    name: Option<Regex>,
    topics: Vec<String>,
    not_topics: Vec<String>,
    visibility: Option<Vec<Visibility>>,
    has_forks: bool,
    has_archived: bool,
}

/// An organisation on GitHub whose teams and members become Groups and Users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitHubOrgProvider {
    /// `githubOrg:` and the provider's name in the configuration.
    pub id: String,
    /// The address of the organisation's people, as a location.
    pub location: LocationRef,
    /// The organisation.
    pub organization: String,
    /// Its host.
    pub host: String,
}

impl RepositoryFilter {
    /// Whether a repository is among those that are wanted.
    #[must_use]
    pub fn takes(&self, repository: &Repository) -> bool {
        let has = |topic: &String| {
            let mut own = repository.topics.iter();
            own.any(|own| own.eq_ignore_ascii_case(topic))
        };
        let is_visible = |wanted: &Vec<Visibility>| {
            repository
                .visibility
                .is_none_or(|visibility| wanted.contains(&visibility))
        };
        (self.has_archived || !repository.archived)
            && (self.has_forks || !repository.fork)
            && (self.name.as_ref()).is_none_or(|name| name.is_match(&repository.name))
            && (self.topics.is_empty() || self.topics.iter().any(has))
            && !self.not_topics.iter().any(has)
            && self.visibility.as_ref().is_none_or(is_visible)
    }
}

impl GitHubProvider {
    /// Where a repository's catalog file is, if the repository has a branch at all.
    #[must_use]
    pub fn location(&self, repository: &Repository) -> Option<LocationRef> {
        let branch = self
            .branch
            .as_deref()
            .or(repository.default_branch.as_deref())?;
        // A slash in a branch would be taken for one of the path.
        let branch = branch.replace('%', "%25").replace('/', "%2F");
        let (host, organization, path) = (&self.host, &self.organization, &self.catalog_path);
        let name = &repository.name;
        let address = format!("https://{host}/{organization}/{name}/blob/{branch}/{path}");
        LocationRef::new("url", Url::parse(&address).ok()?.as_str()).ok()
    }
}

/// Providers are a mapping by name, or a single one without.
fn each<'v>(value: Option<&'v Value>, own_key: &str) -> Vec<(String, JsonPath, &'v Value)> {
    let root = JsonPath::of(["providers"]);
    let Some(Value::Object(entries)) = value else {
        return value
            .into_iter()
            .map(|value| ("default".to_owned(), root.clone(), value))
            .collect();
    };
    if entries.contains_key(own_key) {
        return value
            .map(|value| vec![("default".to_owned(), root, value)])
            .unwrap_or_default();
    }
    let named = entries.iter();
    named
        .map(|(name, value)| (name.clone(), root.key(name), value))
        .collect()
}

pub(super) fn github(value: Option<&Value>, findings: &mut Findings) -> Vec<GitHubProvider> {
    each(value, "organization")
        .into_iter()
        .filter_map(|(name, path, value)| github_provider(&name, &path, value, findings))
        .collect()
}

fn github_provider(
    name: &str,
    path: &JsonPath,
    value: &Value,
    findings: &mut Findings,
) -> Option<GitHubProvider> {
    let mut section = Section::of(value, path.clone(), findings);
    let organization = section.required("organization", "the organisation's login", findings);
    let host = section.text("host", findings).unwrap_or(HOST);
    let catalog_path = section
        .text("catalogPath", findings)
        .unwrap_or(CATALOG_PATH);
    let frequency = frequency(&mut section, findings);
    let filters = section.get("filters").unwrap_or(&Value::Null);
    let filters_path = section.path_of("filters");
    // A file that is not there is no problem anyway.
    let _ = section.get("validateLocationsExist");
    section.finish(findings);
    let mut filters = Section::of(filters, filters_path, findings);
    let branch = filters.text("branch", findings).map(str::to_owned);
    let filter = filter(&mut filters, findings);
    filters.finish(findings);
    Some(GitHubProvider {
        id: format!("github:{name}"),
        host: host.to_ascii_lowercase(),
        organization: organization?.to_owned(),
        catalog_path: catalog_path.trim_start_matches('/').to_owned(),
        branch,
        filter,
        frequency,
    })
}

fn filter(section: &mut Section<'_>, findings: &mut Findings) -> RepositoryFilter {
    let name = section.text("repository", findings);
    let name_path = section.path_of("repository");
    // Backstage anchors what is written: a part of a name is no match.
    let name = name.and_then(|name| match Regex::new(&format!("^(?:{name})$")) {
        Ok(name) => Some(name),
        Err(_) => {
            findings.wrong(&name_path, format!("is `{name}`"), "a regular expression");
            None
        }
    });
    let topic = section.get("topic").unwrap_or(&Value::Null);
    let topic_path = section.path_of("topic");
    let mut topics = Section::of(topic, topic_path, findings);
    let included = texts(&mut topics, "include", findings);
    let excluded = texts(&mut topics, "exclude", findings);
    topics.finish(findings);
    let visibility = section.list("visibility", findings).map(|items| {
        let known = |(path, item): &(JsonPath, &Value)| {
            let found = serde_json::from_value((*item).clone()).ok();
            if found.is_none() {
                let expected = "public, internal or private";
                findings.wrong(path, format!("is {}", in_words(item)), expected);
            }
            found
        };
        items.iter().filter_map(known).collect()
    });
    let flag = |value: Option<&Value>| value.and_then(Value::as_bool).unwrap_or_default();
    RepositoryFilter {
        name,
        topics: included,
        not_topics: excluded,
        visibility,
        has_forks: section
            .get("allowForks")
            .is_none_or(|value| value.as_bool().unwrap_or(true)),
        has_archived: flag(section.get("allowArchived")),
    }
}

fn texts(section: &mut Section<'_>, key: &'static str, findings: &mut Findings) -> Vec<String> {
    let items = section.list(key, findings).unwrap_or_default();
    let texts = items.iter().filter_map(|(_, item)| item.as_str());
    texts.map(str::to_owned).collect()
}

fn frequency(section: &mut Section<'_>, findings: &mut Findings) -> Duration {
    let schedule = section.get("schedule").unwrap_or(&Value::Null);
    let path = section.path_of("schedule");
    let mut schedule = Section::of(schedule, path, findings);
    let frequency = schedule.get("frequency");
    let frequency_path = schedule.path_of("frequency");
    let _ = (
        schedule.get("timeout"),
        schedule.get("initialDelay"),
        schedule.get("scope"),
    );
    schedule.finish(findings);
    let Some(value) = frequency else {
        return FREQUENCY;
    };
    duration(value)
        .filter(|frequency| *frequency >= Duration::from_secs(1))
        .unwrap_or_else(|| {
            let expected = "a duration of a second or more, such as {minutes: 30}";
            findings.wrong(&frequency_path, format!("is {}", in_words(value)), expected);
            FREQUENCY
        })
}

pub(super) fn github_org(
    value: Option<&Value>,
    rules: &mut Rules,
    findings: &mut Findings,
) -> Vec<GitHubOrgProvider> {
    let mut found = Vec::new();
    let entries: Vec<_> = match value {
        Some(Value::Array(items)) => items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let path = JsonPath::of(["providers", "githubOrg"]).index(index);
                (index.to_string(), path, item)
            })
            .collect(),
        value => each(value, "githubUrl"),
    };
    for (name, path, value) in entries {
        found.extend(org_providers(&name, &path, value, findings));
    }
    for provider in &found {
        rules.add_people(&provider.location);
    }
    found
}

fn org_providers(
    name: &str,
    path: &JsonPath,
    value: &Value,
    findings: &mut Findings,
) -> Vec<GitHubOrgProvider> {
    let mut section = Section::of(value, path.clone(), findings);
    let id = section.text("id", findings).unwrap_or(name);
    let base = section
        .text("githubUrl", findings)
        .unwrap_or("https://github.com");
    let base_path = section.path_of("githubUrl");
    let orgs = texts(&mut section, "orgs", findings);
    let orgs_path = section.path_of("orgs");
    // Its pages are asked for again every processing interval.
    let _ = section.get("schedule");
    section.finish(findings);
    let Some(base) = Url::parse(base).ok().filter(Url::has_host) else {
        findings.wrong(&base_path, "is no address", "https://github.com");
        return Vec::new();
    };
    if orgs.is_empty() {
        findings.wrong(&orgs_path, "names no organisation", "orgs: [acme]");
    }
    let provider = |organization: String| {
        let address = base.join(&format!("/orgs/{organization}/people")).ok()?;
        let host = base.host_str()?.to_owned();
        Some(GitHubOrgProvider {
            id: format!("githubOrg:{id}"),
            location: LocationRef::new("url", address.as_str()).ok()?,
            organization,
            host: base
                .port()
                .map_or_else(|| host.clone(), |port| format!("{host}:{port}")),
        })
    };
    orgs.into_iter().filter_map(provider).collect()
}
