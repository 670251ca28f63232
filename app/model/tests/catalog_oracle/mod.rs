//! A catalog that answers by looking at every entity, written from the contract and with no
//! thought for speed. Tests compare the index with it.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::{BTreeMap, BTreeSet};

use model::catalog::filter::Predicate;
use model::catalog::index::FieldSpec;
use model::catalog::relations::declared;
use model::catalog::{Declared, EntityRef};
use serde_json::Value;

/// A search row: lower-case key, and the value as written unless it is too long or null.
pub(crate) type SearchRow = (String, Option<String>);

pub(crate) const MISSING_LAST: (bool, String) = (true, String::new());

#[derive(Debug, Clone, Default)]
pub(crate) struct Oracle {
    pub(crate) entities: BTreeMap<EntityRef, (Value, Vec<Declared>)>,
    pub(crate) fields: Vec<FieldSpec>,
}

pub(crate) fn entity_ref(value: &Value) -> EntityRef {
    let text = |path: &str| value.pointer(path).and_then(Value::as_str);
    let namespace = text("/metadata/namespace").unwrap_or("default");
    EntityRef::new(
        text("/kind").unwrap(),
        namespace,
        text("/metadata/name").unwrap(),
    )
    .unwrap()
}

impl Oracle {
    pub(crate) fn put(&mut self, value: Value) {
        let relations = declared(&value).unwrap_or_default();
        self.put_with(value, relations);
    }

    pub(crate) fn put_with(&mut self, value: Value, relations: Vec<Declared>) {
        self.entities.insert(entity_ref(&value), (value, relations));
    }

    pub(crate) fn relations(&self, of: &EntityRef) -> BTreeSet<(String, EntityRef)> {
        let all = self.entities.values().flat_map(|(_, relations)| relations);
        let from_here = all.filter(|relation| relation.source == *of);
        from_here
            .map(|relation| (relation.kind.as_str().to_owned(), relation.target.clone()))
            .collect()
    }

    pub(crate) fn rows(&self, of: &EntityRef) -> Vec<SearchRow> {
        let mut rows = Vec::new();
        let (value, _) = &self.entities[of];
        for (key, member) in value.as_object().unwrap() {
            if !["relations", "status", "attachments"].contains(&key.as_str()) {
                traverse(key, member, &mut rows);
            }
        }
        rows.retain(|(key, _)| key.to_lowercase() != "metadata.etag");
        if !rows.iter().any(|(key, _)| key == "metadata.namespace") {
            rows.push(("metadata.namespace".into(), Some("default".into())));
        }
        for (kind, target) in self.relations(of) {
            rows.push((format!("relations.{kind}"), Some(target.to_string())));
        }
        let utf16 = |text: &str| text.encode_utf16().count();
        let mut rows: Vec<SearchRow> = rows
            .into_iter()
            .filter(|(key, _)| utf16(key) <= 200)
            .map(|(key, value)| {
                (
                    key.to_lowercase(),
                    value.filter(|value| utf16(value) <= 200),
                )
            })
            .collect();
        rows.sort();
        rows.dedup();
        rows
    }

    pub(crate) fn values(&self, of: &EntityRef, key: &str) -> Vec<String> {
        let rows = self.rows(of).into_iter();
        let key = key.to_lowercase();
        rows.filter(|(own, _)| *own == key)
            .filter_map(|(_, value)| value)
            .collect()
    }

    pub(crate) fn meets(&self, of: &EntityRef, predicate: &Predicate) -> bool {
        let lower = |key: &str| -> Vec<String> {
            let values = self.values(of, key).into_iter();
            values.map(|value| value.to_lowercase()).collect()
        };
        match predicate {
            Predicate::All(parts) => parts.iter().all(|part| self.meets(of, part)),
            Predicate::Any(parts) => parts.iter().any(|part| self.meets(of, part)),
            Predicate::Not(part) => !self.meets(of, part),
            Predicate::Exists(key) => {
                let key = key.to_lowercase();
                self.rows(of).iter().any(|(own, _)| *own == key)
            }
            Predicate::Equals(key, value) => lower(key).contains(&value.to_lowercase()),
            Predicate::In(key, values) => {
                let own = lower(key);
                values
                    .iter()
                    .any(|value| own.contains(&value.to_lowercase()))
            }
            Predicate::HasPrefix(key, prefix) => {
                let prefix = prefix.to_lowercase();
                lower(key).iter().any(|value| value.starts_with(&prefix))
            }
            Predicate::Contains { keys, term } => {
                let term = term.to_lowercase();
                keys.iter()
                    .any(|key| lower(key).iter().any(|value| value.contains(&term)))
            }
            Predicate::Words(text) => {
                let shown = self.shown(of);
                let text = text.to_lowercase();
                text.split_whitespace()
                    .all(|word| shown.iter().any(|line| line.contains(word)))
            }
            Predicate::IsOneOf(refs) => refs.contains(of),
            Predicate::HasMissing(kind) => self
                .relations(of)
                .iter()
                .any(|(own, target)| own == kind.as_str() && !self.entities.contains_key(target)),
        }
    }

    /// What a list shows of an entity, in lower case.
    fn shown(&self, of: &EntityRef) -> Vec<String> {
        let (value, _) = &self.entities[of];
        let mut lines = Vec::new();
        for path in [
            "/metadata/name",
            "/metadata/title",
            "/metadata/description",
            "/spec/profile/displayName",
            "/metadata/tags",
            "/spec/target",
            "/spec/targets",
        ] {
            match value.pointer(path) {
                Some(Value::String(text)) => lines.push(text.chars().take(300).collect::<String>()),
                Some(Value::Array(items)) => {
                    lines.extend(items.iter().filter_map(Value::as_str).map(str::to_owned));
                }
                _ => {}
            }
        }
        lines.iter().map(|line| line.to_lowercase()).collect()
    }

    pub(crate) fn matching(&self, predicate: &Predicate) -> Vec<EntityRef> {
        let all = self.entities.keys();
        all.filter(|of| self.meets(of, predicate))
            .cloned()
            .collect()
    }

    /// Ordered by a key: missing last, ties by ref.
    pub(crate) fn ordered(
        &self,
        found: &[EntityRef],
        key: &str,
        descending: bool,
    ) -> Vec<EntityRef> {
        let number = |of: &EntityRef| {
            let mut values: Vec<String> = self
                .values(of, key)
                .iter()
                .map(|v| v.to_lowercase())
                .collect();
            values.sort();
            let value = if descending {
                values.pop()
            } else {
                values.into_iter().next()
            };
            value.map_or(MISSING_LAST, |value| (false, value))
        };
        let mut keyed: Vec<((bool, String), EntityRef)> =
            found.iter().map(|of| (number(of), of.clone())).collect();
        keyed.sort_by(|((no_a, a), ref_a), ((no_b, b), ref_b)| {
            let values = if descending { b.cmp(a) } else { a.cmp(b) };
            no_a.cmp(no_b).then(values).then(ref_a.cmp(ref_b))
        });
        keyed.into_iter().map(|(_, of)| of).collect()
    }

    pub(crate) fn facet(&self, found: &[EntityRef], key: &str) -> Vec<(String, u32)> {
        let mut counts = BTreeMap::new();
        for of in found {
            for value in self.values(of, key) {
                *counts.entry(value).or_insert(0) += 1;
            }
        }
        counts.into_iter().collect()
    }

    /// An entity's value of a field: its own, else the first found along the field's paths.
    pub(crate) fn field(
        &self,
        field: &FieldSpec,
        of: &EntityRef,
        seen: &mut BTreeSet<EntityRef>,
    ) -> Vec<String> {
        if !self.entities.contains_key(of) || !seen.insert(of.clone()) {
            return Vec::new();
        }
        // References are kept in their canonical form.
        let own = self.in_source_order(of, &field.path).into_iter();
        let canonical = |text: String| match text.starts_with("group:") {
            true => EntityRef::parse_with(&text, None, Some(of.namespace()))
                .unwrap()
                .to_string(),
            false => text,
        };
        let own: Vec<String> = own.map(canonical).collect();
        if !own.is_empty() {
            return own;
        }
        for path in &field.inherit {
            for target in self.targets(of, path) {
                let found = self.field(field, &target, seen);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    fn targets(&self, of: &EntityRef, path: &str) -> Vec<EntityRef> {
        if path == "spec.domain" {
            return self.domain(of, &mut BTreeSet::new()).into_iter().collect();
        }
        let kind = match path {
            "spec.owner" | "spec.parent" => "group",
            "spec.system" => "system",
            "spec.subcomponentOf" => "component",
            _ => "domain",
        };
        let texts = self.in_source_order(of, path).into_iter();
        texts
            .filter_map(|text| EntityRef::parse_with(&text, Some(kind), Some(of.namespace())).ok())
            .collect()
    }

    pub(crate) fn domain(
        &self,
        of: &EntityRef,
        seen: &mut BTreeSet<EntityRef>,
    ) -> Option<EntityRef> {
        if !self.entities.contains_key(of) || !seen.insert(of.clone()) {
            return None;
        }
        let own = self.in_source_order(of, "spec.domain").into_iter().next();
        if let Some(text) = own {
            return EntityRef::parse_with(&text, Some("domain"), Some(of.namespace())).ok();
        }
        let upwards = [
            self.targets(of, "spec.system"),
            self.targets(of, "spec.subcomponentOf"),
        ];
        upwards
            .concat()
            .iter()
            .find_map(|target| self.domain(target, seen))
    }

    fn in_source_order(&self, of: &EntityRef, path: &str) -> Vec<String> {
        let pointer = format!("/{}", path.replace('.', "/"));
        let texts = match self.entities[of].0.pointer(&pointer) {
            Some(Value::String(text)) => vec![text.clone()],
            Some(Value::Array(items)) => items
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
        // A text over 200 characters is no value.
        texts
            .into_iter()
            .filter(|text| text.chars().count() <= 200)
            .collect()
    }
}

fn traverse(path: &str, value: &Value, rows: &mut Vec<SearchRow>) {
    match value {
        Value::Null => rows.push((path.to_owned(), None)),
        Value::Bool(_) | Value::Number(_) => rows.push((path.to_owned(), Some(value.to_string()))),
        Value::String(text) => rows.push((path.to_owned(), Some(text.clone()))),
        Value::Array(items) => {
            for item in items {
                traverse(path, item, rows);
                if let Value::String(text) = item {
                    rows.push((format!("{path}.{text}"), Some("true".to_owned())));
                }
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                traverse(&format!("{path}.{key}"), member, rows);
            }
        }
    }
}
