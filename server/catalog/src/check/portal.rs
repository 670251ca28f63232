//! The entities of a running portal, as its interface for programs tells them.

use std::{collections::HashMap, sync::Arc};

use model::catalog::{
    EntityRef,
    well_known::{
        EDIT_URL, MANAGED_BY_LOCATION, MANAGED_BY_ORIGIN_LOCATION, ORPHAN, SOURCE_LOCATION,
        VIEW_URL,
    },
};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

/// Annotations that a portal adds to what a file says.
const ADDED: [&str; 4] = [EDIT_URL, ORPHAN, SOURCE_LOCATION, VIEW_URL];

/// What a portal holds now.
#[derive(Debug, Default)]
pub struct PortalEntities(pub(super) HashMap<EntityRef, PortalEntity>);

/// One entity of a portal's.
#[derive(Debug)]
pub(super) struct PortalEntity {
    /// The file it comes from; empty if the portal does not say.
    pub(super) location: Arc<str>,
    /// The configured location that led there.
    pub(super) origin: Arc<str>,
    /// Whether no source names it any more.
    pub(super) is_orphan: bool,
    body: Box<RawValue>,
}

/// Why an answer is not the entities of a portal.
#[derive(Debug, thiserror::Error)]
pub enum PortalAnswerError {
    /// No JSON, or no list.
    #[error("it is not a list of entities: {0}")]
    Json(#[from] serde_json::Error),
    /// An element without an identity.
    #[error("entity {at} of its list has no kind and name that can be read")]
    Identity {
        /// Which, from 1.
        at: usize,
    },
}

/// As much of an entity as tells it from others.
#[derive(Deserialize)]
struct Head {
    kind: String,
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    name: String,
    namespace: Option<String>,
    #[serde(default)]
    annotations: HashMap<String, Value>,
}

impl PortalEntities {
    /// From the answer to `/api/catalog/entities`.
    ///
    /// # Errors
    /// When it is something else.
    pub fn read(answer: &[u8]) -> Result<Self, PortalAnswerError> {
        let bodies: Vec<Box<RawValue>> = serde_json::from_slice(answer)?;
        let entities = bodies.into_iter().enumerate().map(|(at, body)| {
            let wrong = || PortalAnswerError::Identity { at: at + 1 };
            let head: Head = serde_json::from_str(body.get()).map_err(|_| wrong())?;
            let namespace = head.metadata.namespace.as_deref();
            let namespace = namespace.unwrap_or(model::catalog::DEFAULT_NAMESPACE);
            let entity_ref = EntityRef::new(&head.kind, namespace, &head.metadata.name);
            let annotation = |key| head.metadata.annotations.get(key).and_then(Value::as_str);
            let entity = PortalEntity {
                location: annotation(MANAGED_BY_LOCATION).unwrap_or_default().into(),
                origin: annotation(MANAGED_BY_ORIGIN_LOCATION)
                    .unwrap_or_default()
                    .into(),
                is_orphan: annotation(ORPHAN) == Some("true"),
                body,
            };
            Ok((entity_ref.map_err(|_| wrong())?, entity))
        });
        entities.collect::<Result<_, _>>().map(Self)
    }
}

impl PortalEntity {
    /// What its file said, as far as the portal tells: without what is derived and added.
    pub(super) fn value(&self, in_tree: Option<&Value>) -> Value {
        let mut value: Value = serde_json::from_str(self.body.get()).unwrap_or_default();
        if let Some(entity) = value.as_object_mut() {
            entity.shift_remove("relations");
            entity.shift_remove("status");
        }
        let said = in_tree.and_then(|value| value.pointer("/metadata/annotations"));
        let annotations = value.pointer_mut("/metadata/annotations");
        if let Some(annotations) = annotations.and_then(Value::as_object_mut) {
            annotations.retain(|key, _| {
                !ADDED.contains(&key.as_str()) || said.is_some_and(|said| said.get(key).is_some())
            });
        }
        value
    }

    /// Its text, to be handed on.
    pub(super) fn text(&self) -> &str {
        self.body.get()
    }
}
