//! The people of an organisation as a catalog file, so that they come into the catalog as
//! everything else does: with the last good state kept, with conflicts, problems and history.

use std::hash::{DefaultHasher, Hash, Hasher};

use model::catalog::well_known::{GITHUB_TEAM_SLUG, GITHUB_USER_LOGIN, VIEW_URL};
use serde_json::{Value, json};
use url::Url;

use crate::{
    Answer, Content, GitHub, ReadError,
    github::{Organization, Person, Team},
};

/// `https://github.com/orgs/acme/people` as `acme`.
pub(crate) fn organization_of(address: &Url) -> Option<&str> {
    match address.path_segments()?.collect::<Vec<_>>().as_slice() {
        ["orgs", organization, "people"] => Some(organization),
        _ => None,
    }
}

/// The catalog file of an organisation's members and teams.
pub(crate) async fn page(
    github: &GitHub,
    organization: &str,
    known: Option<&str>,
) -> Result<Answer<Content>, ReadError> {
    let found = github.people(organization).await?;
    let text = documents(&found, github.host(), organization);
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let validator = format!("{:016x}", hasher.finish());
    if known == Some(&validator) {
        return Ok(Answer::Unchanged);
    }
    Ok(Answer::New {
        value: Content {
            bytes: text.into_bytes(),
            commit: None,
        },
        validator: Some(validator),
    })
}

/// Documents of JSON, which is YAML.
fn documents(found: &Organization, host: &str, organization: &str) -> String {
    let teams = found
        .teams
        .iter()
        .map(|team| group(team, host, organization));
    let people = found
        .people
        .iter()
        .map(|person| user(person, host, &found.teams));
    let documents: Vec<String> = teams
        .chain(people)
        .map(|entity| entity.to_string())
        .collect();
    documents.join("\n---\n")
}

fn group(team: &Team, host: &str, organization: &str) -> Value {
    let mut entity = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Group",
        "metadata": {
            "name": team.slug,
            "annotations": {
                GITHUB_TEAM_SLUG: format!("{organization}/{}", team.slug),
                VIEW_URL: format!("https://{host}/orgs/{organization}/teams/{}", team.slug),
            },
        },
        "spec": { "type": "team", "profile": { "displayName": team.name }, "children": [] },
    });
    if let Some(description) = &team.description {
        set(&mut entity, "metadata", "description", description);
    }
    if let Some(parent) = &team.parent {
        set(&mut entity, "spec", "parent", parent);
    }
    entity
}

fn user(person: &Person, host: &str, teams: &[Team]) -> Value {
    let member_of: Vec<&str> = teams
        .iter()
        .filter(|team| team.members.contains(&person.login))
        .map(|team| team.slug.as_str())
        .collect();
    let mut profile = json!({ "displayName": person.name.as_ref().unwrap_or(&person.login) });
    if let Some(profile) = profile.as_object_mut() {
        let optional = [("email", &person.email), ("picture", &person.avatar_url)];
        for (key, value) in optional {
            if let Some(value) = value {
                profile.insert(key.to_owned(), json!(value));
            }
        }
    }
    json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "User",
        "metadata": {
            "name": person.login,
            "annotations": {
                GITHUB_USER_LOGIN: person.login,
                VIEW_URL: format!("https://{host}/{}", person.login),
            },
        },
        "spec": { "profile": profile, "memberOf": member_of },
    })
}

fn set(entity: &mut Value, part: &str, key: &str, value: &str) {
    if let Some(part) = entity.get_mut(part).and_then(Value::as_object_mut) {
        part.insert(key.to_owned(), json!(value));
    }
}
