//! Everything that is wrong with one entity: envelope, metadata, the kind's own fields, and the
//! references in them.

use serde_json::{Map, Value};

use super::fields;
use super::kinds::{self, KINDS, Kind, KindSet};
use super::problem::{JsonPath, Problem};
use super::relations::references;
use super::safety;
use super::shape::{ANY_OBJECT, Field, Members, Shape, check, check_members, found, quoted};

/// The keys that an author may write at the root.
const ROOT_KEYS: [&str; 4] = ["apiVersion", "kind", "metadata", "spec"];

const ENVELOPE: Members = Members::open(&[
    Field::required(
        "apiVersion",
        Shape::Formatted(&fields::API_VERSION),
        "the version of the format, for example backstage.io/v1alpha1",
    ),
    Field::required(
        "kind",
        Shape::Formatted(&fields::KIND),
        "what the entity is, for example Component",
    ),
    Field::required(
        "metadata",
        Shape::Object(&METADATA),
        "a mapping that holds at least a name",
    ),
    Field::optional("spec", ANY_OBJECT, "what the kind asks for"),
]);

/// Metadata but for its annotations, see [`check_annotations`].
const METADATA: Members = Members::open(&[
    Field::required(
        "name",
        Shape::Formatted(&fields::NAME),
        "the entity's name, for example my-service",
    ),
    Field::optional(
        "namespace",
        Shape::Formatted(&fields::NAMESPACE),
        "a namespace",
    ),
    Field::optional("uid", Shape::Text, "left to the server"),
    Field::optional("etag", Shape::Text, "left to the server"),
    Field::optional("title", Shape::Text, "a name for people"),
    Field::optional("description", Shape::AnyText, "a line or two about it"),
    Field::optional(
        "labels",
        Shape::Map(&fields::LABEL_KEY, &fields::LABEL_VALUE),
        "short values to filter by",
    ),
    Field::optional(
        "tags",
        Shape::List(&Shape::Formatted(&fields::TAG)),
        "single words to filter by",
    ),
    Field::optional(
        "links",
        Shape::List(&Shape::Object(&LINK)),
        "each with a url",
    ),
]);

const LINK: Members = Members::open(&[
    Field::required(
        "url",
        Shape::Formatted(&fields::LINK_URL),
        "the address, for example https://example.com/dashboard",
    ),
    Field::optional(
        "title",
        Shape::Formatted(&fields::NON_BLANK),
        "what to call it",
    ),
    Field::optional(
        "icon",
        Shape::Formatted(&fields::NON_BLANK),
        "the name of an icon",
    ),
    Field::optional("type", Shape::Text, "a word that classifies it"),
]);

/// Finds all problems of an entity as its author wrote it, in the order of the format. It is
/// acceptable when none of them is an error. `extra` names further kinds that configuration
/// allows; of those only the envelope is checked.
pub fn validate(value: &Value, extra: &KindSet) -> Vec<Problem> {
    let root = JsonPath::root();
    let Value::Object(entity) = value else {
        let expected = "a mapping with apiVersion, kind, metadata and spec";
        return vec![Problem::error(root, found(value), expected)];
    };
    let mut problems = Vec::new();
    check_root_keys(entity, &mut problems);
    check_members(&ENVELOPE, entity, &root, &mut problems);
    check_annotations(entity, &mut problems);
    check_kind(entity, extra, &mut problems);
    check_references(value, &mut problems);
    safety::check(value, &mut problems);
    problems
}

/// Whether the problems leave the entity acceptable.
pub fn is_acceptable(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| !problem.is_error())
}

fn check_root_keys(entity: &Map<String, Value>, problems: &mut Vec<Problem>) {
    for key in entity
        .keys()
        .filter(|key| !ROOT_KEYS.contains(&key.as_str()))
    {
        let expected = match key.as_str() {
            "relations" => "no relations here: they follow from spec, like owner or dependsOn",
            "status" => "no status here: the server writes it",
            _ => {
                "only apiVersion, kind, metadata and spec here; own data belongs into spec or \
                  annotations"
            }
        };
        let message = format!("{} does not belong here", quoted(key));
        problems.push(Problem::error(JsonPath::root().key(key), message, expected));
    }
}

/// Annotations that are no mapping count as none, with a warning, as long as they hold nothing
/// that could have been meant as a value: the contract merges the server's own into whatever
/// stands there.
fn check_annotations(entity: &Map<String, Value>, problems: &mut Vec<Problem>) {
    let path = JsonPath::of(["metadata", "annotations"]);
    let metadata = entity.get("metadata");
    let Some(annotations) = metadata.and_then(|metadata| metadata.get("annotations")) else {
        return;
    };
    let shape = Shape::Map(&fields::ANNOTATION_KEY, &fields::ANNOTATION_VALUE);
    match annotations {
        Value::Null => {}
        Value::Object(_) => check(&shape, annotations, &path, problems),
        Value::Array(items) if !items.iter().all(Value::is_string) => {
            check(&shape, annotations, &path, problems);
        }
        other => {
            let expected = "a mapping of keys to texts";
            let message = format!("{} and is ignored", found(other));
            problems.push(Problem::warning(path, message, expected));
        }
    }
}

fn check_kind(entity: &Map<String, Value>, extra: &KindSet, problems: &mut Vec<Problem>) {
    let name = entity.get("kind").and_then(Value::as_str);
    let Some(name) = name.filter(|name| fields::is_kind(name)) else {
        return;
    };
    let Some(kind) = kinds::find(name) else {
        if !extra.contains(name) {
            problems.push(unknown_kind(name, extra));
        }
        return;
    };
    check_version(entity, kind, problems);
    match entity.get("spec") {
        None => problems.push(missing_spec(kind)),
        Some(Value::Object(spec)) => {
            check_members(kind.spec, spec, &JsonPath::of(["spec"]), problems);
        }
        Some(_) => {}
    }
}

fn unknown_kind(name: &str, extra: &KindSet) -> Problem {
    let known = || KINDS.iter().map(|kind| kind.name).chain(extra.names());
    let expected = match known().find(|known| known.eq_ignore_ascii_case(name)) {
        Some(meant) => format!("{meant}, in this case"),
        None => format!(
            "one of {}, or a kind that the configuration names",
            known().collect::<Vec<_>>().join(", ")
        ),
    };
    let message = format!("{} is not a kind of this catalog", quoted(name));
    Problem::error(JsonPath::of(["kind"]), message, expected)
}

fn check_version(entity: &Map<String, Value>, kind: &Kind, problems: &mut Vec<Problem>) {
    let version = entity.get("apiVersion").and_then(Value::as_str);
    let Some(version) = version.filter(|version| fields::is_api_version(version)) else {
        return;
    };
    if !kind.api_versions.contains(&version) {
        problems.push(Problem::error(
            JsonPath::of(["apiVersion"]),
            format!("{} is not a version of {}", quoted(version), kind.name),
            kind.api_versions.join(" or "),
        ));
    }
}

fn missing_spec(kind: &Kind) -> Problem {
    let required: Vec<_> = kind
        .spec
        .fields
        .iter()
        .filter(|field| field.is_required)
        .collect();
    let names: Vec<_> = required.iter().map(|field| field.name).collect();
    let expected = match names.as_slice() {
        [] => "spec: a mapping".to_owned(),
        names => format!("spec: a mapping with {}", names.join(", ")),
    };
    Problem::error(JsonPath::root(), "spec is missing", expected)
}

/// References are looked at where the shape is right: a field of `spec` that has a problem already
/// gets no second one.
fn check_references(entity: &Value, problems: &mut Vec<Problem>) {
    let places = problems.iter().map(|problem| &problem.path);
    let known: Vec<JsonPath> = places.filter(|path| path.depth() > 1).cloned().collect();
    let unreadable = references(entity).filter_map(Result::err);
    problems.extend(unreadable.filter(|new| !known.iter().any(|old| old.contains(&new.path))));
}
