//! Reads a mapping of configuration key by key, and remembers what is wrong and what is unknown.

use std::collections::BTreeSet;

use model::catalog::{JsonPath, Problem};
use serde_json::{Map, Value};

/// What reading the configuration has shown so far.
#[derive(Debug, Default)]
pub struct Findings {
    /// Wrong values, with paths from the section's root.
    pub problems: Vec<Problem>,
    /// Keys that nobody asked for, dotted.
    pub unknown: Vec<String>,
}

impl Findings {
    /// Notes a wrong value.
    pub fn wrong(
        &mut self,
        path: &JsonPath,
        message: impl Into<String>,
        expected: impl Into<String>,
    ) {
        let problem = Problem::error(path.clone(), message, expected);
        self.problems.push(problem);
    }
}

/// One mapping of the configuration and where it stands. What is not asked for is unknown.
pub struct Section<'a> {
    path: JsonPath,
    entries: Option<&'a Map<String, Value>>,
    asked: BTreeSet<&'static str>,
}

impl<'a> Section<'a> {
    /// A value that should be a mapping; anything else is a finding and reads as empty.
    pub fn of(value: &'a Value, path: JsonPath, findings: &mut Findings) -> Self {
        let entries = value.as_object();
        if entries.is_none() && !value.is_null() {
            findings.wrong(
                &path,
                format!("is {}", in_words(value)),
                "a mapping of keys to values",
            );
        }
        Self {
            path,
            entries,
            asked: BTreeSet::new(),
        }
    }

    /// The path of a key of this mapping.
    pub fn path_of(&self, key: &str) -> JsonPath {
        self.path.key(key)
    }

    /// The value of a key; `null` counts as absent.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Value> {
        self.asked.insert(key);
        self.entries?.get(key).filter(|value| !value.is_null())
    }

    /// A text that is not empty.
    pub fn text(&mut self, key: &'static str, findings: &mut Findings) -> Option<&'a str> {
        let value = self.get(key)?;
        match value.as_str() {
            Some(text) if !text.trim().is_empty() => Some(text),
            _ => {
                let path = self.path_of(key);
                findings.wrong(&path, format!("is {}", in_words(value)), "a text");
                None
            }
        }
    }

    /// The same, and a finding when it is not there.
    pub fn required(
        &mut self,
        key: &'static str,
        expected: &str,
        findings: &mut Findings,
    ) -> Option<&'a str> {
        if self.get(key).is_none() {
            findings.wrong(
                &self.path,
                format!("{key} is missing"),
                format!("{key}: {expected}"),
            );
            return None;
        }
        self.text(key, findings)
    }

    /// True or false; false when it is not there.
    pub fn flag(&mut self, key: &'static str, findings: &mut Findings) -> bool {
        match self.get(key) {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(value) => {
                let path = self.path_of(key);
                findings.wrong(&path, format!("is {}", in_words(value)), "true or false");
                false
            }
        }
    }

    /// The items of a list with their places.
    pub fn list(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Vec<(JsonPath, &'a Value)>> {
        let value = self.get(key)?;
        let path = self.path_of(key);
        let Some(items) = value.as_array() else {
            findings.wrong(&path, format!("is {}", in_words(value)), "a list");
            return None;
        };
        let places = items.iter().enumerate();
        Some(
            places
                .map(|(index, item)| (path.index(index), item))
                .collect(),
        )
    }

    /// Notes every key that was never asked for.
    pub fn finish(self, findings: &mut Findings) {
        for key in self.entries.into_iter().flat_map(Map::keys) {
            if !self.asked.contains(key.as_str()) {
                findings.unknown.push(self.path.key(key).dotted());
            }
        }
    }
}

/// A short description of a value for a message: `the number 5`, `a list`.
pub fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.trim().is_empty() => "an empty text".to_owned(),
        Value::String(text) => format!("`{text}`"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
    }
}
