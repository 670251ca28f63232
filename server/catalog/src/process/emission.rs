//! One entity as one file says it.

use std::{fmt::Write as _, sync::Arc};

use model::catalog::{
    Entity, EntityError, EntityRef, EntityView, LocationRef, apply_defaults, set_annotation,
    well_known::{MANAGED_BY_LOCATION, MANAGED_BY_ORIGIN_LOCATION},
};
use serde_json::Value;
use sha1::{Digest, Sha1};

use super::{links, problem::Place, targets::Targets};
use crate::yaml::Position;

/// An entity that a file emits, ready to be stored.
#[derive(Debug, Clone)]
pub struct Emission {
    /// Its identity.
    pub entity_ref: EntityRef,
    /// Its kind as written, for the rules.
    pub kind: String,
    /// Its `spec.type`, for the rules.
    pub spec_type: Option<String>,
    /// JSON text after defaulting, with the annotations that name file and origin.
    pub body: Arc<str>,
    /// SHA-1 of the body in hex.
    pub etag: Arc<str>,
    /// Line of the file, from 1, at which its document begins.
    pub line: u32,
    /// Where a Location leads.
    pub targets: Option<Targets>,
}

impl Emission {
    /// Finishes a value that was found to be a valid entity.
    pub(super) fn finish(
        mut value: Value,
        place: Place<'_>,
        line: u32,
    ) -> Result<Self, EntityError> {
        apply_defaults(&mut value);
        set_annotation(&mut value, MANAGED_BY_LOCATION, place.location);
        set_annotation(&mut value, MANAGED_BY_ORIGIN_LOCATION, place.origin);
        links::add(&mut value, place);
        let view = EntityView(&value);
        let entity_ref = view.entity_ref()?;
        let kind = view.kind().to_owned();
        let spec_type = view.spec_type().map(str::to_owned);
        let targets = Targets::of(&value);
        let body = Entity::finish(value, &uid_of(&entity_ref))?.body;
        Ok(Self {
            etag: sha1_hex(&body).into(),
            entity_ref,
            kind,
            spec_type,
            body,
            line,
            targets,
        })
    }
}

/// The uid follows from the ref, so that every replica gives the same one and an entity that
/// comes back has the one it had.
pub(super) fn uid_of(entity_ref: &EntityRef) -> String {
    let digest: [u8; 20] = Sha1::digest(entity_ref.as_str().as_bytes()).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(digest.first_chunk::<16>().unwrap_or(&[0; 16]));
    uuid::Builder::from_sha1_bytes(bytes)
        .into_uuid()
        .to_string()
}

fn sha1_hex(text: &str) -> String {
    let mut hex = String::with_capacity(40);
    for byte in Sha1::digest(text.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// The entity of kind Location that stands for a configured location.
pub(super) fn generated(
    location: &LocationRef,
    is_optional: bool,
) -> Result<Emission, EntityError> {
    let mut value = location.generated_entity();
    if let Some(spec) = value.get_mut("spec").and_then(Value::as_object_mut)
        && is_optional
    {
        spec.insert("presence".to_owned(), "optional".into());
    }
    let own = location.to_string();
    let place = Place::new(&own, &own);
    let emission = Emission::finish(value, place, Position::START.line)?;
    Ok(Emission {
        // The configuration itself leads on from here.
        targets: None,
        ..emission
    })
}
