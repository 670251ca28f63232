//! Reads the files, fills in `${VAR}`, merges them, and remembers where each value stands.

use std::path::{Path, PathBuf};

use catalog::yaml::{Flaw, Limits, Positions, decode, parse_document_with_positions};
use serde_json::{Map, Value};

use super::at;
use super::error::ConfigError;

/// The merged configuration and where its values come from.
pub(super) struct Files {
    pub(super) merged: Value,
    read: Vec<File>,
}

/// One file.
struct File {
    path: PathBuf,
    value: Value,
    positions: Positions,
}

impl Files {
    pub(super) fn read(paths: &[PathBuf]) -> Result<Self, ConfigError> {
        let mut merged = Value::Object(Map::new());
        let mut read = Vec::new();
        for path in paths {
            let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
            let flawed = |flaw: Flaw| broken(path, &flaw);
            let text = decode(&bytes).map_err(flawed)?;
            let located = parse_document_with_positions(text, &Limits::DOCUMENT).map_err(flawed)?;
            let value = fill(located.value, path)?;
            // An empty file, or one of comments alone, says nothing.
            if !value.is_null() {
                merge(&mut merged, value.clone());
            }
            read.push(File {
                path: path.clone(),
                value,
                positions: located.positions,
            });
        }
        Ok(Self { merged, read })
    }

    /// The folder that relative paths at a key are taken from: that of the file that has it, else
    /// of the first.
    pub(super) fn base(&self, path: &[&str]) -> PathBuf {
        let cwd = std::env::current_dir().unwrap_or_default();
        let mut files = self.read.iter().rev();
        let file = files.find(|file| at(&file.value, path).is_some());
        let file = file.or(self.read.first());
        let folder = file.and_then(|file| file.path.parent());
        cwd.join(folder.unwrap_or_else(|| Path::new("")))
    }

    /// `file:line:column` of a value; the last file that has it wins, as in the merge.
    pub(super) fn place(&self, path: &[String]) -> String {
        for depth in (0..=path.len()).rev() {
            let keys = || path.iter().take(depth).map(String::as_str);
            let found = self.read.iter().rev().find_map(|file| {
                let at = file.positions.value_at(keys())?;
                Some(format!("{}:{}:{}", file.path.display(), at.line, at.column))
            });
            if let Some(place) = found {
                return place;
            }
        }
        String::new()
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> ConfigError {
    let place = path.display().to_string();
    ConfigError::at(place, format!("cannot be read: {error}"), "a YAML file")
}

fn broken(path: &Path, flaw: &Flaw) -> ConfigError {
    let at = flaw.position;
    let place = format!("{}:{}:{}", path.display(), at.line, at.column);
    ConfigError::at(place, flaw.what.clone(), flaw.expected.clone())
}

/// Objects are merged key by key; everything else of the later file replaces the earlier.
fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

fn fill(value: Value, file: &Path) -> Result<Value, ConfigError> {
    Ok(match value {
        Value::String(text) => Value::String(substitute(&text, file)?),
        Value::Array(items) => Value::Array(
            items
                .into_iter()
                .map(|item| fill(item, file))
                .collect::<Result<_, _>>()?,
        ),
        Value::Object(entries) => Value::Object(
            entries
                .into_iter()
                .map(|(key, item)| Ok((key, fill(item, file)?)))
                .collect::<Result<_, ConfigError>>()?,
        ),
        other => other,
    })
}

/// `${VAR}` becomes the environment variable's value, `$${` a literal `${`.
fn substitute(text: &str, file: &Path) -> Result<String, ConfigError> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        if let Some(escaped) = before.strip_suffix('$') {
            out.push_str(escaped);
            out.push_str("${");
            rest = after;
            continue;
        }
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&variable(name, file)?);
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}

#[expect(clippy::disallowed_methods, reason = "this is the configuration")]
fn variable(name: &str, file: &Path) -> Result<String, ConfigError> {
    std::env::var(name.trim()).map_err(|_| {
        let message = format!("the environment variable {name} is not set");
        ConfigError::at(file.display().to_string(), message, format!("{name}=…"))
    })
}
