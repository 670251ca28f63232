//! `backend.auth.externalAccess`, as Backstage has it. Of its types of access there is `static`;
//! others are listed among the keys that nothing here knows.

use app::context::{Grant, Program, Secret};
use serde_json::Value;

use super::keys::Keys;
use crate::identity::ExternalAccess;

const PATH: [&str; 3] = ["backend", "auth", "externalAccess"];
/// The shortest token, in bytes.
const TOKEN: usize = 8;

impl Keys<'_> {
    pub(super) fn external_access(&mut self) -> Vec<ExternalAccess> {
        let entries = match self.get(&PATH) {
            None => return Vec::new(),
            Some(Value::Array(entries)) => entries,
            Some(_) => {
                self.wrong(&PATH, "is not a list", "a list of {type: static, options}");
                return Vec::new();
            }
        };
        let mut known = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            let index = at.to_string();
            match entry.get("type").and_then(Value::as_str) {
                Some("static") => match access(entry) {
                    Ok(access) => known.push(access),
                    Err((message, expected)) => {
                        let [a, b, c] = PATH;
                        self.wrong(&[a, b, c, &index], message, expected);
                    }
                },
                other => {
                    let kind = other.unwrap_or("none");
                    self.not_known(format!("{} of type {kind}", PATH.join(".")));
                }
            }
        }
        known
    }
}

type Wrong = (&'static str, &'static str);

fn access(entry: &Value) -> Result<ExternalAccess, Wrong> {
    let option = |name: &str| {
        let text = entry.get("options")?.get(name)?.as_str()?;
        (!text.is_empty() && !text.contains(char::is_whitespace)).then(|| text.to_owned())
    };
    let token = option("token").filter(|token| token.len() >= TOKEN);
    let token = token.ok_or((
        "options.token is missing, too short, or has a space in it",
        "a token of 8 characters or more",
    ))?;
    let subject = option("subject").ok_or((
        "options.subject is missing or has a space in it",
        "a name for the program",
    ))?;
    let grants = match entry.get("accessRestrictions") {
        None | Some(Value::Null) => None,
        Some(list) => Some(grants(list).ok_or((
            "accessRestrictions is no list of {plugin}",
            "a list of {plugin, permission?, permissionAttribute?}",
        ))?),
    };
    Ok(ExternalAccess {
        token: Secret::new(token),
        program: Program { subject, grants },
    })
}

fn grants(list: &Value) -> Option<Vec<Grant>> {
    let grants = list.as_array()?.iter().map(|grant| {
        let attributes = grant.get("permissionAttribute");
        Some(Grant {
            plugin: grant.get("plugin")?.as_str()?.to_owned(),
            permissions: texts(grant.get("permission"))?,
            actions: texts(attributes.and_then(|attributes| attributes.get("action")))?,
        })
    });
    grants.collect()
}

/// A list of texts, or texts between commas or spaces.
fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    match value {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(Value::String(text)) => {
            let separate = |char: char| char == ',' || char.is_whitespace();
            let parts = text.split(separate).filter(|part| !part.is_empty());
            Some(parts.map(str::to_owned).collect())
        }
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| item.as_str().map(str::to_owned))
            .collect(),
        Some(_) => None,
    }
}
