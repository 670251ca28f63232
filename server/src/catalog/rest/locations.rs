//! `/locations`: what people have registered.

use app::context::Actor;
use axum::http::StatusCode;
use catalog::service::{Preview, PreviewError};
use catalog::store::{AddedLocation, Placed};
use model::catalog::filter::Predicate;
use model::catalog::{EntityRef, LocationRef};
use serde_json::{Value, json};

use super::asked::Asked;
use super::predicate;
use super::reply::Reply;
use crate::catalog::CatalogAdapter;
use crate::http::ApiError;

/// Parameters of `POST /locations`.
pub(super) const PARAMETERS: &[&str] = &["dryRun", "onConflict"];
/// Locations a page where the question does not say.
const PAGE: u32 = 1_000;
/// Keys of a location that can be asked for.
const KEYS: [&str; 4] = ["id", "type", "target", "entityRef"];

pub(super) fn list(catalog: &CatalogAdapter, _: &Asked) -> Result<Reply, ApiError> {
    let registered = catalog.registered();
    let all = registered
        .iter()
        .map(|own| json!({ "data": described(own) }));
    Ok(Reply::json(Value::from_iter(all).to_string()))
}

pub(super) fn get(catalog: &CatalogAdapter, asked: &Asked) -> Result<Reply, ApiError> {
    let id = asked.part("id");
    let registered = catalog.registered();
    let found = registered.iter().find(|own| own.id == id);
    let found = found.ok_or_else(|| unknown(id))?;
    Ok(Reply::json(described(found).to_string()))
}

/// The registered location that an entity comes from.
pub(super) fn by_entity(catalog: &CatalogAdapter, asked: &Asked) -> Result<Reply, ApiError> {
    let parts = ["kind", "namespace", "name"].map(|name| asked.part(name));
    let [kind, namespace, name] = parts;
    let missing = || {
        ApiError::not_found(format!(
            "No location found for entity {kind}:{namespace}/{name}"
        ))
    };
    let entity_ref = EntityRef::new(kind, namespace, name).map_err(|_| missing())?;
    let view = catalog.view();
    let origin = view.get(&entity_ref).map(|own| own.entity.origin.clone());
    let origin = origin.ok_or_else(missing)?;
    let registered = catalog.registered();
    let found = registered
        .iter()
        .find(|own| own.location.to_string() == *origin);
    let found = found.ok_or_else(missing)?;
    Ok(Reply::json(described(found).to_string()))
}

/// Those that meet a predicate, a page at a time.
pub(super) fn by_query(catalog: &CatalogAdapter, asked: &Asked) -> Result<Reply, ApiError> {
    asked.only_has(&["limit", "query", "cursor"])?;
    let wanted = predicate::of_body(asked)?;
    check_keys(&wanted)?;
    let limit = asked.body_number("limit")?.unwrap_or(PAGE) as usize;
    let after = match asked.body().get("cursor") {
        None => 0,
        Some(cursor) => offset(cursor)?,
    };
    let registered = catalog.registered();
    let described = registered.iter().map(described);
    let all: Vec<Value> = described.filter(|own| meets(own, &wanted)).collect();
    let page: Vec<&Value> = all.iter().skip(after).take(limit).collect();
    let reached = after.saturating_add(page.len());
    let page_info = if reached < all.len() && !page.is_empty() {
        json!({ "nextCursor": reached.to_string() })
    } else {
        json!({})
    };
    let answer = json!({ "items": page, "totalItems": all.len(), "pageInfo": page_info });
    Ok(Reply::json(answer.to_string()))
}

fn offset(cursor: &Value) -> Result<usize, ApiError> {
    let offset = cursor.as_str().and_then(|text| text.parse().ok());
    offset.ok_or_else(|| ApiError::input("Malformed cursor, could not be parsed"))
}

fn check_keys(wanted: &Predicate) -> Result<(), ApiError> {
    let check = |key: &str| match KEYS.contains(&key) {
        true => Ok(()),
        false => Err(ApiError::input(format!(
            "locations have no field {key}; they have {}",
            KEYS.join(", ")
        ))),
    };
    match wanted {
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().try_for_each(check_keys),
        Predicate::Not(part) => check_keys(part),
        Predicate::Exists(key)
        | Predicate::Equals(key, _)
        | Predicate::In(key, _)
        | Predicate::HasPrefix(key, _) => check(key),
        _ => Err(ApiError::input("locations have no relations")),
    }
}

fn meets(location: &Value, wanted: &Predicate) -> bool {
    let value = |key: &str| {
        location
            .get(key)
            .and_then(Value::as_str)
            .map(str::to_lowercase)
    };
    let is = |key: &str, wanted: &str| value(key).is_some_and(|own| own == wanted.to_lowercase());
    match wanted {
        Predicate::All(parts) => parts.iter().all(|part| meets(location, part)),
        Predicate::Any(parts) => parts.iter().any(|part| meets(location, part)),
        Predicate::Not(part) => !meets(location, part),
        Predicate::Exists(key) => value(key).is_some(),
        Predicate::Equals(key, wanted) => is(key, wanted),
        Predicate::In(key, wanted) => wanted.iter().any(|wanted| is(key, wanted)),
        Predicate::HasPrefix(key, prefix) => {
            value(key).is_some_and(|own| own.starts_with(&prefix.to_lowercase()))
        }
        _ => false,
    }
}

/// Registers a location, or says what it would bring.
pub(super) async fn register(
    catalog: &CatalogAdapter,
    actor: &Actor,
    asked: &Asked,
) -> Result<Reply, ApiError> {
    asked.only_has(&["type", "target", "presence"])?;
    let location = location(asked)?;
    let is_optional = match asked.body().get("presence") {
        None => false,
        Some(presence) => match presence.as_str() {
            Some("optional") => true,
            Some("required") => false,
            _ => {
                let message = "request/body/presence must be required or optional";
                return Err(ApiError::input(message));
            }
        },
    };
    if is_true(asked.one("dryRun")) {
        return preview(catalog, &location).await;
    }
    let refreshes = match asked.one("onConflict") {
        None | Some("reject") => false,
        Some("refresh") => true,
        Some(other) => {
            let message = format!("onConflict is refresh or reject, not {other}");
            return Err(ApiError::input(message));
        }
    };
    let (status, known) = match catalog.register(actor, &location, is_optional).await? {
        Placed::Done(added) => (StatusCode::CREATED, added),
        Placed::Taken(known) if refreshes => {
            if let Ok(known_ref) = known.location.generated_ref() {
                catalog.refresh_of(actor, &known_ref).await?;
            }
            (StatusCode::CREATED, known)
        }
        Placed::Taken(_) | Placed::Unknown => return Err(taken(&location)),
    };
    let answer = json!({ "location": described(&known), "entities": [] });
    Ok(Reply::json(answer.to_string()).with_status(status))
}

pub(super) async fn relocate(
    catalog: &CatalogAdapter,
    actor: &Actor,
    asked: &Asked,
) -> Result<Reply, ApiError> {
    asked.only_has(&["type", "target"])?;
    let (id, to) = (asked.part("id"), location(asked)?);
    match catalog.relocate(actor, id, &to).await? {
        Placed::Done(moved) => Ok(Reply::json(described(&moved).to_string())),
        Placed::Taken(_) => Err(taken(&to)),
        Placed::Unknown => Err(unknown(id)),
    }
}

pub(super) async fn unregister(
    catalog: &CatalogAdapter,
    actor: &Actor,
    asked: &Asked,
) -> Result<Reply, ApiError> {
    let id = asked.part("id");
    match catalog.unregister(actor, id).await? {
        Some(_) => Ok(Reply::empty(StatusCode::NO_CONTENT)),
        None => Err(unknown(id)),
    }
}

async fn preview(catalog: &CatalogAdapter, location: &LocationRef) -> Result<Reply, ApiError> {
    let registered = catalog.registered();
    let exists = registered.iter().any(|own| own.location == *location);
    let found = catalog.preview(location).await?;
    check(&found)?;
    let entities = found.entities.iter().map(|own| own.emission.body.as_ref());
    let entities: Vec<Value> = entities
        .filter_map(|body: &str| serde_json::from_str(body).ok())
        .map(without_uid)
        .collect();
    let answer = json!({
        "exists": exists,
        "location": shape(&location.to_string(), location),
        "entities": entities,
    });
    Ok(Reply::json(answer.to_string()).with_status(StatusCode::CREATED))
}

/// A preview with anything wrong in it is none, as far as programs are concerned.
fn check(found: &Preview) -> Result<(), ApiError> {
    if found.problems.is_empty() {
        return Ok(());
    }
    let problems = found.problems.iter().map(|problem| {
        let place = problem
            .location
            .split_once(':')
            .map_or("", |(_, place)| place);
        format!("{place}: {}", problem.message)
    });
    Err(ApiError::input(problems.collect::<Vec<_>>().join("; ")))
}

/// An entity that is not in the catalog has no uid.
fn without_uid(mut entity: Value) -> Value {
    if let Some(metadata) = entity.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.shift_remove("uid");
        metadata.shift_remove("etag");
    }
    entity
}

impl From<PreviewError> for ApiError {
    fn from(error: PreviewError) -> Self {
        match error {
            PreviewError::Endless => Self::input(error.to_string()),
            PreviewError::Busy => Self::unavailable(error.to_string()),
        }
    }
}

/// Type and target of a body. Only addresses are registered: files are for the configuration.
fn location(asked: &Asked) -> Result<LocationRef, ApiError> {
    let (kind, target) = (asked.text("type")?, asked.text("target")?);
    if kind != "url" {
        return Err(ApiError::input(format!(
            "Registered locations must be of an allowed type [\"url\"], got '{kind}'"
        )));
    }
    LocationRef::new(kind, target.trim()).map_err(|error| ApiError::input(error.to_string()))
}

fn is_true(value: Option<&str>) -> bool {
    value.is_some_and(|value| {
        let words = ["true", "1", "yes", "y", "t", "on"];
        words.iter().any(|word| value.eq_ignore_ascii_case(word))
    })
}

fn described(location: &AddedLocation) -> Value {
    shape(&location.id, &location.location)
}

fn shape(id: &str, location: &LocationRef) -> Value {
    json!({
        "id": id,
        "type": location.kind(),
        "target": location.target(),
        "entityRef": location.generated_ref().map(|own| own.to_string()).unwrap_or_default(),
    })
}

fn unknown(id: &str) -> ApiError {
    ApiError::not_found(format!("Found no location with ID {id}"))
}

fn taken(location: &LocationRef) -> ApiError {
    ApiError::conflict(format!("Location {location} already exists"))
}
