//! Entity references: `[kind:][namespace/]name` as people write it, and the canonical
//! lower-case `kind:namespace/name` that identifies an entity everywhere.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::text::lower_case;

/// The namespace of an entity that names none.
pub const DEFAULT_NAMESPACE: &str = "default";

/// What a reference looks like, in words, for messages.
pub const EXPECTED_REF: &str =
    "a reference like component:default/my-service, group:my-team or my-team";

/// Why a text is not an entity reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntityRefError {
    /// Nothing at all was written.
    #[error("the reference is empty; expected {EXPECTED_REF}")]
    Empty,
    /// No kind before a colon, and the place where it stands implies none.
    #[error("the reference has no kind; write it as kind:name, for example component:my-service")]
    NoKind,
    /// There is a slash but nothing before it.
    #[error("the reference has an empty namespace; write kind:namespace/name or kind:name")]
    NoNamespace,
    /// Nothing after the colon or the slash.
    #[error("the reference has no name; write it as kind:namespace/name")]
    NoName,
    /// A part holds a separator that would make the canonical text ambiguous.
    #[error("a kind may not contain a colon or slash, nor a namespace a slash")]
    Separator,
}

/// A reference in its three parts, in the case it was written in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CompoundRef {
    /// For example `Component`.
    pub kind: String,
    /// For example `default`.
    pub namespace: String,
    /// For example `my-service`.
    pub name: String,
}

impl CompoundRef {
    /// Reads `[kind:][namespace/]name`. A missing kind or namespace is taken from the defaults,
    /// a namespace lastly from [`DEFAULT_NAMESPACE`]; a part that is present but empty is an
    /// error. Parts are otherwise not looked into: `a:b:c` has the name `b:c`.
    pub fn parse(
        text: &str,
        default_kind: Option<&str>,
        default_namespace: Option<&str>,
    ) -> Result<Self, EntityRefError> {
        let (kind, namespace, name) = split(text, default_kind, default_namespace)?;
        Self::from_parts(kind, namespace, name)
    }

    /// Puts parts together; an absent namespace is [`DEFAULT_NAMESPACE`].
    pub fn from_parts(
        kind: Option<&str>,
        namespace: Option<&str>,
        name: &str,
    ) -> Result<Self, EntityRefError> {
        let (kind, namespace, name) = complete(kind, namespace, name)?;
        Ok(Self {
            kind: kind.to_owned(),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        })
    }

    /// The canonical text. Each part is lower-cased on its own, independent of locale.
    pub fn canonical(&self) -> String {
        format!(
            "{}:{}/{}",
            lower_case(&self.kind),
            lower_case(&self.namespace),
            lower_case(&self.name)
        )
    }

    /// The identity this reference stands for.
    pub fn to_entity_ref(&self) -> Result<EntityRef, EntityRefError> {
        EntityRef::new(&self.kind, &self.namespace, &self.name)
    }
}

/// As it was written, in full: `Component:default/My-Service`.
impl fmt::Display for CompoundRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}/{}", self.kind, self.namespace, self.name)
    }
}

/// Kind and namespace, as far as the text or the defaults have them, and name. A colon after the
/// first slash belongs to the name.
fn split<'a>(
    text: &'a str,
    default_kind: Option<&'a str>,
    default_namespace: Option<&'a str>,
) -> Result<(Option<&'a str>, Option<&'a str>, &'a str), EntityRefError> {
    if text.is_empty() {
        return Err(EntityRefError::Empty);
    }
    let (kind, rest) = match text.split_once(':') {
        Some((kind, rest)) if !kind.contains('/') => (Some(kind), rest),
        _ => (None, text),
    };
    let (namespace, name) = match rest.split_once('/') {
        Some((namespace, name)) => (Some(namespace), name),
        None => (None, rest),
    };
    let default_namespace = default_namespace.filter(|n| !n.is_empty());
    Ok((kind.or(default_kind), namespace.or(default_namespace), name))
}

/// All three parts, none of them empty; an absent namespace is [`DEFAULT_NAMESPACE`].
fn complete<'a>(
    kind: Option<&'a str>,
    namespace: Option<&'a str>,
    name: &'a str,
) -> Result<(&'a str, &'a str, &'a str), EntityRefError> {
    let namespace = namespace.unwrap_or(DEFAULT_NAMESPACE);
    match kind.filter(|kind| !kind.is_empty()) {
        None => Err(EntityRefError::NoKind),
        Some(_) if namespace.is_empty() => Err(EntityRefError::NoNamespace),
        Some(_) if name.is_empty() => Err(EntityRefError::NoName),
        Some(kind) => Ok((kind, namespace, name)),
    }
}

fn push_lower(text: &mut String, part: &str) {
    if part.is_ascii() {
        text.extend(part.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        text.push_str(&lower_case(part));
    }
}

/// The identity of an entity: canonical, lower-case, complete, and never malformed.
///
/// Cheap to clone, compares and hashes as its text (so maps can be asked with a `&str`).
#[derive(Clone)]
pub struct EntityRef {
    text: Arc<str>,
    /// Byte position of the colon.
    colon: u32,
    /// Byte position of the slash.
    slash: u32,
}

impl EntityRef {
    /// From parts of any case. Empty parts and separators that would shift the parts are errors.
    pub fn new(kind: &str, namespace: &str, name: &str) -> Result<Self, EntityRefError> {
        if kind.contains([':', '/']) || namespace.contains('/') {
            return Err(EntityRefError::Separator);
        }
        let (kind, namespace, name) = complete(Some(kind), Some(namespace), name)?;
        let position = |at: usize| u32::try_from(at).map_err(|_| EntityRefError::Separator);
        let mut text = String::with_capacity(kind.len() + namespace.len() + name.len() + 2);
        push_lower(&mut text, kind);
        let colon = position(text.len())?;
        text.push(':');
        push_lower(&mut text, namespace);
        let slash = position(text.len())?;
        text.push('/');
        push_lower(&mut text, name);
        Ok(Self {
            text: text.into(),
            colon,
            slash,
        })
    }

    /// Reads a reference that carries its kind, in any case; the namespace may be left out.
    pub fn parse(text: &str) -> Result<Self, EntityRefError> {
        Self::parse_with(text, None, None)
    }

    /// Reads a reference with defaults for what it leaves out, see [`CompoundRef::parse`].
    pub fn parse_with(
        text: &str,
        default_kind: Option<&str>,
        default_namespace: Option<&str>,
    ) -> Result<Self, EntityRefError> {
        let (kind, namespace, name) = split(text, default_kind, default_namespace)?;
        let (kind, namespace, name) = complete(kind, namespace, name)?;
        Self::new(kind, namespace, name)
    }

    /// The canonical text `kind:namespace/name`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Lower-case kind, for example `component`.
    pub fn kind(&self) -> &str {
        self.text.get(..self.colon as usize).unwrap_or_default()
    }

    /// Lower-case namespace, for example `default`.
    pub fn namespace(&self) -> &str {
        let range = self.colon as usize + 1..self.slash as usize;
        self.text.get(range).unwrap_or_default()
    }

    /// Lower-case name. The entity itself keeps the case its author chose.
    pub fn name(&self) -> &str {
        self.text.get(self.slash as usize + 1..).unwrap_or_default()
    }

    /// Whether the entity is of this kind, given in lower case.
    pub fn is_kind(&self, kind: &str) -> bool {
        self.kind() == kind
    }

    /// The entity's page in the portal: `/catalog/<namespace>/<kind>/<name>`, percent-encoded.
    pub fn path(&self) -> String {
        let part = |text| utf8_percent_encode(text, PATH_SEGMENT);
        format!(
            "/catalog/{}/{}/{}",
            part(self.namespace()),
            part(self.kind()),
            part(self.name())
        )
    }

    /// As short as it can be said without ambiguity where `kind` is expected: the namespace is
    /// left out when it is `default`, the kind when it is the expected one.
    pub fn humanized(&self, expected_kind: Option<&str>) -> String {
        let mut text = String::new();
        if expected_kind != Some(self.kind()) {
            text.push_str(self.kind());
            text.push(':');
        }
        if self.namespace() != DEFAULT_NAMESPACE {
            text.push_str(self.namespace());
            text.push('/');
        }
        text.push_str(self.name());
        text
    }
}

/// What `encodeURIComponent` leaves alone.
const PATH_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EntityRef({})", self.text)
    }
}

impl PartialEq for EntityRef {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for EntityRef {}

impl PartialOrd for EntityRef {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EntityRef {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for EntityRef {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Borrow<str> for EntityRef {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl AsRef<str> for EntityRef {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl FromStr for EntityRef {
    type Err = EntityRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for EntityRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for EntityRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}
