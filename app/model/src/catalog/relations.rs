//! Relations between entities, derived from what each of them says about itself.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::entity_ref::{CompoundRef, EXPECTED_REF, EntityRef, EntityRefError};
use super::fields::is_namespace;
use super::kinds::{self, Reference};
use super::problem::{JsonPath, Problem};
use super::relation_type::RelationType;
use super::shape::{found, quoted};
use super::view::EntityView;

/// A relation as its source has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Relation {
    /// How the source relates to the target.
    #[serde(rename = "type")]
    pub kind: RelationType,
    /// The other end, which need not exist.
    #[serde(rename = "targetRef")]
    pub target: EntityRef,
}

impl Relation {
    /// Appends `{"type":…,"targetRef":…}`.
    pub fn write_json(&self, out: &mut String) {
        // Only a failing serialiser of ours could fail here, and these two are plain texts.
        if let Ok(text) = serde_json::to_string(self) {
            out.push_str(&text);
        }
    }
}

/// A relation with both its ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Declared {
    /// The entity whose page shows it.
    pub source: EntityRef,
    /// How the source relates to the target.
    pub kind: RelationType,
    /// The other end.
    pub target: EntityRef,
}

/// All relations that the entity declares, each in both directions; those that start elsewhere
/// belong to this entity all the same and go when it goes. In the order of the fields, with
/// repetitions. The first reference that cannot be read is an error.
pub fn declared(entity: &Value) -> Result<Vec<Declared>, Problem> {
    let source = EntityView(entity).entity_ref().map_err(|error| {
        let expected = "kind and metadata.name";
        Problem::error(JsonPath::root(), error.to_string(), expected)
    })?;
    let mut relations = Vec::new();
    for reference in references(entity) {
        let (kind, target) = reference?;
        if let Some(reverse) = kind.reverse() {
            relations.push(Declared {
                source: target.clone(),
                kind: reverse,
                target: source.clone(),
            });
        }
        relations.push(Declared {
            source: source.clone(),
            kind,
            target,
        });
    }
    Ok(relations)
}

/// What an entity's own fields refer to, by the table of its kind.
pub(crate) fn references(
    entity: &Value,
) -> impl Iterator<Item = Result<(RelationType, EntityRef), Problem>> {
    let namespace = namespace(entity);
    mentions(entity).map(move |mention| {
        let (reference, target) = (mention.reference, read_target(&mention, namespace)?);
        Ok((reference.relation.clone(), target))
    })
}

/// Every field that refers to an entity, and to which; what cannot be read is left out.
pub fn referred(entity: &Value) -> impl Iterator<Item = (JsonPath, EntityRef)> {
    let namespace = namespace(entity);
    mentions(entity)
        .filter_map(move |mention| Some((mention.path(), read_target(&mention, namespace).ok()?)))
}

fn namespace(entity: &Value) -> Option<&str> {
    Some(EntityView(entity).namespace()).filter(|name| is_namespace(name))
}

/// A value that stands for a target.
struct Mention<'a> {
    reference: &'static Reference,
    /// Its place, where it is one of a list.
    at: Option<usize>,
    target: &'a Value,
}

impl Mention<'_> {
    fn path(&self) -> JsonPath {
        let path = JsonPath::of(["spec", self.reference.field]);
        self.at.map_or(path.clone(), |at| path.index(at))
    }
}

fn mentions(entity: &Value) -> impl Iterator<Item = Mention<'_>> {
    let view = EntityView(entity);
    let table = kinds::find(view.kind()).map_or(&[][..], |kind| kind.references);
    let spec = view.spec();
    table.iter().flat_map(move |reference| {
        let values = targets(spec.and_then(|spec| spec.get(reference.field)));
        values.map(move |(at, target)| Mention {
            reference,
            at,
            target,
        })
    })
}

/// The values that stand for targets: the elements of a list with their places, else the value
/// itself. What counts as false in JavaScript stands for none.
fn targets(value: Option<&Value>) -> impl Iterator<Item = (Option<usize>, &Value)> {
    let one = value.filter(|value| match value {
        Value::Null | Value::Bool(false) | Value::Array(_) => false,
        Value::String(text) => !text.is_empty(),
        Value::Number(number) => number.as_f64() != Some(0.0),
        _ => true,
    });
    let items = value.and_then(Value::as_array).into_iter().flatten();
    let items = items.enumerate().map(|(at, item)| (Some(at), item));
    one.map(|value| (None, value)).into_iter().chain(items)
}

fn read_target(mention: &Mention<'_>, namespace: Option<&str>) -> Result<EntityRef, Problem> {
    let reference = mention.reference;
    let wrong = |message| Problem::error(mention.path(), message, expected(reference));
    match mention.target {
        Value::String(text) => EntityRef::parse_with(text, reference.default_kind, namespace)
            .map_err(|error| wrong(format!("{} cannot be read: {}", quoted(text), short(error)))),
        Value::Object(parts) => {
            from_object(parts, reference, namespace).map_err(|error| wrong(short(error).to_owned()))
        }
        other => Err(wrong(found(other))),
    }
}

/// A reference written as a mapping with `kind`, `namespace` and `name`.
fn from_object(
    parts: &Map<String, Value>,
    reference: &Reference,
    namespace: Option<&str>,
) -> Result<EntityRef, EntityRefError> {
    let part = |key: &str, default: Option<&'static str>| match parts.get(key) {
        None | Some(Value::Null) => Ok(default.map(str::to_owned)),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(EntityRefError::Empty),
    };
    let kind = part("kind", reference.default_kind)?;
    let own_namespace = part("namespace", None)?;
    let name = part("name", None)?.unwrap_or_default();
    let namespace = own_namespace.as_deref().or(namespace);
    CompoundRef::from_parts(kind.as_deref(), namespace, &name)?.to_entity_ref()
}

fn short(error: EntityRefError) -> &'static str {
    match error {
        EntityRefError::Empty => "it is not a reference",
        EntityRefError::NoKind => "it has no kind",
        EntityRefError::NoNamespace => "its namespace is empty",
        EntityRefError::NoName => "it has no name",
        EntityRefError::Separator => "its kind or namespace holds a colon or slash",
    }
}

fn expected(reference: &Reference) -> String {
    match reference.default_kind {
        Some(kind) => format!("{EXPECTED_REF} (without a kind it means a {kind})"),
        None => "a reference with its kind, like component:my-service or resource:my-database"
            .to_owned(),
    }
}
