//! One entity as lists and pages need it: read once from its JSON.

use std::sync::Arc;

use catalog::snapshot::CatalogEntity;
use model::catalog::index::FieldSpec;
use model::catalog::{EntityRef, EntityView};
use serde_json::Value;

/// An entity with what is asked of it often.
pub(super) struct Node {
    pub(super) stored: Arc<CatalogEntity>,
    pub(super) value: Value,
    /// Own values of the organisation's fields, in their order.
    pub(super) own_fields: Vec<Option<String>>,
    /// Lower-case words in which the text filter looks.
    pub(super) haystack: String,
}

impl Node {
    pub(super) fn of(stored: Arc<CatalogEntity>, fields: &[FieldSpec]) -> Self {
        let value = stored.entity.value();
        let own_fields = fields
            .iter()
            .map(|field| text_at(&value, &field.path))
            .collect();
        let haystack = haystack(EntityView(&value));
        Self {
            stored,
            value,
            own_fields,
            haystack,
        }
    }

    pub(super) fn entity_ref(&self) -> &EntityRef {
        &self.stored.entity.entity_ref
    }

    pub(super) fn entity(&self) -> EntityView<'_> {
        EntityView(&self.value)
    }

    pub(super) fn kind(&self) -> &str {
        self.entity_ref().kind()
    }

    /// The entity named at a path such as `spec.owner`.
    pub(super) fn reference(&self, path: &str) -> Option<EntityRef> {
        let text = text_at(&self.value, path)?;
        let kind = match path.rsplit('.').next().unwrap_or(path) {
            "owner" | "parent" => "group",
            "system" => "system",
            "domain" | "subdomainOf" => "domain",
            "subcomponentOf" => "component",
            _ => {
                return EntityRef::parse_with(&text, None, Some(self.entity_ref().namespace()))
                    .ok();
            }
        };
        EntityRef::parse_with(&text, Some(kind), Some(self.entity_ref().namespace())).ok()
    }
}

fn text_at(value: &Value, path: &str) -> Option<String> {
    let found = path
        .split('.')
        .try_fold(value, |value, key| value.get(key))?;
    match found {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn haystack(entity: EntityView<'_>) -> String {
    let own = [
        Some(entity.name()),
        Some(entity.display_name()),
        entity.title(),
        entity.description(),
    ];
    own.into_iter()
        .flatten()
        .chain(entity.tags())
        .chain(entity.text(&["spec", "target"]))
        .chain(entity.texts(&["spec", "targets"]))
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase()
}
