//! An entity as it is stored and shared: its identity, and its JSON text ready to be served.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::entity_ref::{EntityRef, EntityRefError};
use super::hash::{sha1_hex, stable_json};
use super::relations::Relation;
use super::status::Status;
use super::view::EntityView;
use super::well_known::{MANAGED_BY_LOCATION, MANAGED_BY_ORIGIN_LOCATION};

/// Why a value or text cannot be an entity.
#[derive(Debug, thiserror::Error)]
pub enum EntityError {
    /// The text is not JSON.
    #[error("the stored entity is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Kind, namespace or name are missing.
    #[error("the entity has no identity: {0}")]
    Identity(#[from] EntityRefError),
    /// `metadata.uid` or `metadata.etag` is missing from a stored entity.
    #[error("the stored entity {0} lacks metadata.uid or metadata.etag")]
    Unfinished(EntityRef),
}

/// One revision of an entity. Relations are derived and never part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its identity.
    pub entity_ref: EntityRef,
    /// `metadata.uid`: tells it from an earlier entity of the same name.
    pub uid: String,
    /// JSON object text after defaulting, with `metadata.uid` and `metadata.etag`, without
    /// `relations` and `status`.
    pub body: Arc<str>,
    /// The file it was read from, as a location reference; empty if unknown.
    pub location: Arc<str>,
    /// The configured or registered location at the root of it; empty if unknown.
    pub origin: Arc<str>,
}

impl Entity {
    /// Finishes a validated and defaulted value: writes the uid, and the etag unless the author
    /// gave one.
    pub fn finish(mut value: Value, uid: &str) -> Result<Self, EntityError> {
        let etag = match EntityView(&value).etag() {
            Some(etag) => etag.to_owned(),
            None => etag_of(&value),
        };
        if let Some(metadata) = value.get_mut("metadata").and_then(Value::as_object_mut) {
            metadata.insert("uid".to_owned(), uid.into());
            metadata.insert("etag".to_owned(), etag.as_str().into());
        }
        Self::of_value(&value, value.to_string().into())
    }

    /// From the text of an earlier [`Entity::body`].
    pub fn from_body(body: Arc<str>) -> Result<Self, EntityError> {
        Self::with_value(body).map(|(entity, _)| entity)
    }

    /// The same, with the body as a value for those who read on.
    pub fn with_value(body: Arc<str>) -> Result<(Self, Value), EntityError> {
        let value: Value = serde_json::from_str(&body)?;
        Ok((Self::of_value(&value, body)?, value))
    }

    fn of_value(value: &Value, body: Arc<str>) -> Result<Self, EntityError> {
        let view = EntityView(value);
        let entity_ref = view.entity_ref()?;
        let (Some(uid), Some(_)) = (view.uid(), view.etag()) else {
            return Err(EntityError::Unfinished(entity_ref));
        };
        let annotation = |key| view.annotation(key).unwrap_or_default();
        let location: Arc<str> = annotation(MANAGED_BY_LOCATION).into();
        let origin = annotation(MANAGED_BY_ORIGIN_LOCATION);
        Ok(Self {
            uid: uid.to_owned(),
            origin: shared(origin, &location),
            location,
            entity_ref,
            body,
        })
    }

    /// The body as a value, to be read through an [`EntityView`].
    pub fn value(&self) -> Value {
        // The body was made from a value or parsed once, so that it always parses.
        serde_json::from_str(&self.body).unwrap_or(Value::Object(Map::new()))
    }
}

/// A text, kept once where it is the same as another.
pub fn shared(text: &str, other: &Arc<str>) -> Arc<str> {
    if *text == **other {
        Arc::clone(other)
    } else {
        text.into()
    }
}

/// The etag of a value that has none: SHA-1 of its content, whatever the order of keys. The uid
/// and relations do not count.
pub fn etag_of(value: &Value) -> String {
    let mut content = value.clone();
    if let Some(metadata) = content.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.shift_remove("uid");
        metadata.shift_remove("etag");
    }
    sha1_hex(&stable_json(&content))
}

/// The JSON text to serve: the body with `relations` (sorted by type and target, each once) and
/// `status` put in before its last brace. The body itself is not parsed.
pub fn with_relations(body: &str, relations: &[Relation], status: Option<&Status>) -> String {
    let mut sorted: Vec<&Relation> = relations.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let open = body.trim_end().strip_suffix('}').unwrap_or(body);
    let mut text = String::with_capacity(body.len() + 32 + sorted.len() * 72);
    text.push_str(open);
    if !open.ends_with('{') {
        text.push(',');
    }
    text.push_str("\"relations\":[");
    for (i, relation) in sorted.into_iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        relation.write_json(&mut text);
    }
    text.push(']');
    if let Some(status) = status.and_then(|status| serde_json::to_string(status).ok()) {
        text.push_str(",\"status\":");
        text.push_str(&status);
    }
    text.push('}');
    text
}
