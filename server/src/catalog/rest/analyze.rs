//! `POST /analyze-location`: which catalog files a repository has, or what one could say.

use std::collections::BTreeMap;

use catalog::service::PreviewEntity;
use integrations::{Answer, ReadError};
use model::catalog::scm::{RepositoryPath, Scm};
use model::catalog::well_known::{GITHUB_PROJECT_SLUG, GITLAB_PROJECT_SLUG};
use model::catalog::{LocationRef, fields};
use serde_json::{Value, json};
use url::Url;

use super::asked::Asked;
use super::reply::Reply;
use crate::catalog::CatalogAdapter;
use crate::http::ApiError;

/// What a catalog file is called where nobody says otherwise.
const FILE: &str = "catalog-info.yaml";

pub(super) async fn post(catalog: &CatalogAdapter, asked: &Asked) -> Result<Reply, ApiError> {
    asked.only_has(&["location", "catalogFilename"])?;
    let address = address(asked)?;
    let name = match asked.body().get("catalogFilename") {
        None => FILE,
        Some(_) => asked.text("catalogFilename")?,
    };
    let reader = catalog.reader();
    reader.permits(&address).map_err(unread)?;
    let scm = reader.scm(&address);
    let repository = RepositoryPath::of(&address).filter(|_| scm.is_some());
    let existing = match &repository {
        Some(repository) => existing(catalog, &address, repository, name).await?,
        None => Vec::new(),
    };
    let generated = match existing.is_empty() {
        true => {
            vec![json!({ "entity": proposal(&address, scm, repository.as_ref()), "fields": [] })]
        }
        false => Vec::new(),
    };
    let answer = json!({ "existingEntityFiles": existing, "generateEntities": generated });
    Ok(Reply::json(answer.to_string()))
}

fn address(asked: &Asked) -> Result<Url, ApiError> {
    let location = asked.body().get("location").and_then(Value::as_object);
    let location =
        location.ok_or_else(|| ApiError::input("request/body/location must be object"))?;
    let text = |key: &str| location.get(key).and_then(Value::as_str);
    let (Some(kind), Some(target)) = (text("type"), text("target")) else {
        let message = "request/body/location must have the properties 'type' and 'target'";
        return Err(ApiError::input(message));
    };
    let address = Url::parse(target).ok().filter(|_| kind == "url");
    address
        .filter(Url::has_host)
        .ok_or_else(|| ApiError::input(format!("{kind}:{target} is not an address")))
}

/// Every entity of every catalog file in the repository.
async fn existing(
    catalog: &CatalogAdapter,
    address: &Url,
    repository: &RepositoryPath,
    name: &str,
) -> Result<Vec<Value>, ApiError> {
    let git_ref = repository.git_ref.as_deref().unwrap_or("HEAD");
    let git_ref = git_ref.replace('%', "%25").replace('/', "%2F");
    let (owner, repository) = (&repository.owner, &repository.repository);
    let pattern = address.join(&format!("/{owner}/{repository}/blob/{git_ref}/**/{name}"));
    let pattern = pattern.map_err(|error| ApiError::input(error.to_string()))?;
    let found = match catalog.reader().search(&pattern, None).await {
        Ok(Answer::New { value, .. }) => value,
        Ok(Answer::Unchanged) | Err(ReadError::Missing) => Vec::new(),
        Err(error) => return Err(unread(error)),
    };
    let mut entities = Vec::new();
    for file in found {
        let location = LocationRef::new("url", file.as_str());
        let location = location.map_err(|error| ApiError::input(error.to_string()))?;
        let preview = catalog.preview(&location).await?;
        let own = format!("url:{file}");
        let of_file = preview.entities.iter().filter(|found| {
            found.location == own && !found.emission.entity_ref.name().starts_with("generated-")
        });
        let is_registered = catalog.has_source(&own);
        entities.extend(of_file.map(|found| existing_entity(found, &file, is_registered)));
    }
    Ok(entities)
}

fn existing_entity(found: &PreviewEntity, file: &Url, is_registered: bool) -> Value {
    let entity: Value = serde_json::from_str(&found.emission.body).unwrap_or_default();
    json!({
        "location": { "type": "url", "target": file.as_str() },
        "isRegistered": is_registered,
        "entity": entity,
    })
}

/// What a repository without a catalog file could say of itself.
fn proposal(address: &Url, scm: Option<Scm>, repository: Option<&RepositoryPath>) -> Value {
    let last = || address.path_segments()?.rfind(|part| !part.is_empty());
    let name = repository.map_or_else(|| last().unwrap_or("component"), |own| &own.repository);
    let mut annotations = BTreeMap::new();
    if let Some(own) = repository {
        let slug = format!("{}/{}", own.owner, own.repository);
        let key = match scm {
            Some(Scm::GitHub) => GITHUB_PROJECT_SLUG.to_owned(),
            Some(Scm::GitLab) => GITLAB_PROJECT_SLUG.to_owned(),
            _ => format!("{}/project-slug", address.host_str().unwrap_or_default()),
        };
        annotations.insert(key, slug);
    }
    json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": { "name": as_name(name), "annotations": annotations },
        "spec": { "type": "other", "lifecycle": "unknown" },
    })
}

/// What may be a name stays; the rest becomes a dash.
fn as_name(text: &str) -> String {
    if fields::is_name(text) {
        return text.to_owned();
    }
    let allowed = |c: char| {
        if c.is_ascii_alphanumeric() || "-_.".contains(c) {
            c
        } else {
            '-'
        }
    };
    let name: String = text.chars().map(allowed).take(63).collect();
    let name = name.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    if name.is_empty() {
        "component".to_owned()
    } else {
        name.to_owned()
    }
}

fn unread(error: ReadError) -> ApiError {
    match error {
        ReadError::RateLimited { .. } | ReadError::Timeout | ReadError::Unreachable(_) => {
            ApiError::unavailable(error.to_string())
        }
        error => ApiError::input(format!("{error}; expected {}", error.expected())),
    }
}
