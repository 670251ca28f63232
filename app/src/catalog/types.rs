//! What the entity pages show: shared by the server, which fills them, and the browser.

use model::catalog::EntityRef;
pub use model::catalog::page::Member;
use model::catalog::page::{FieldCell, RefLabel};
use serde::{Deserialize, Serialize};

/// Everything on an entity's page but members, ownership, graph and source text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntityDetail {
    /// Which entity.
    pub entity_ref: EntityRef,
    /// Its page's path.
    pub href: String,
    /// As the entity writes it: `API`.
    pub kind: String,
    /// `metadata.namespace`.
    pub namespace: String,
    /// `metadata.name`, as written.
    pub name: String,
    /// The display name.
    pub title: String,
    /// `metadata.description` as plain text, for the head and `<meta name=description>`.
    pub description: Option<String>,
    /// `metadata.description` rendered from Markdown and sanitised; set as inner HTML.
    pub description_html: Option<String>,
    /// `spec.type`.
    pub spec_type: Option<String>,
    /// `spec.type` as people write it: `OpenAPI`, `Service`.
    pub type_title: Option<String>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
    /// Targets of `ownedBy`.
    pub owners: Vec<RefLabel>,
    /// The system that it is part of.
    pub system: Option<RefLabel>,
    /// Its domain: its own, its system's, or its parent component's.
    pub domain: Option<RefLabel>,
    /// The component that it is part of, or the domain's parent domain.
    pub parent: Option<RefLabel>,
    /// The organisation's own fields with a value: id, heading, values.
    pub fields: Vec<TitledField>,
    /// `metadata.tags`.
    pub tags: Vec<String>,
    /// `metadata.links` that are safe to follow.
    pub links: Vec<EntityLink>,
    /// `metadata.labels`, in order.
    pub labels: Vec<(String, String)>,
    /// `metadata.annotations`, in order.
    pub annotations: Vec<(String, String)>,
    /// `spec.profile` of groups and users.
    pub profile: Option<Profile>,
    /// `spec.target` and `spec.targets` of a location.
    pub targets: Vec<String>,
    /// The definition of an API.
    pub definition: Option<Definition>,
    /// All relations, grouped by type, in the order shown.
    pub relations: Vec<RelationGroup>,
    /// What is wrong with this entity, worst first; dangling relations included.
    pub problems: Vec<ProblemView>,
    /// Whether its source no longer names it.
    pub orphan: bool,
    /// Where View leads: the view-url annotation, else our own source page at the line.
    pub view_url: String,
    /// Where Edit leads, if anywhere.
    pub edit_url: Option<String>,
    /// `file:line` of its source as shown to people, relative to the location's folder.
    pub source_place: Option<String>,
    /// When this revision was stored, RFC 3339 in UTC.
    pub changed_at: Option<String>,
    /// Whether the viewer has starred it.
    pub starred: bool,
}

/// An own field of the organisation with its heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TitledField {
    /// The heading.
    pub title: String,
    /// Id and values.
    pub cell: FieldCell,
}

/// One of `metadata.links`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntityLink {
    /// Absolute, never `javascript:`.
    pub url: String,
    /// The title, else the URL.
    pub title: String,
    /// An icon of our sprite.
    pub icon: String,
}

/// `spec.profile`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// `displayName`.
    pub display_name: Option<String>,
    /// `email`.
    pub email: Option<String>,
    /// `picture`, http(s) only.
    pub picture: Option<String>,
}

/// The definition of an API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// `spec.type`: openapi, asyncapi, graphql, grpc, …
    pub format: String,
    /// The text.
    pub text: String,
}

/// Relations of one type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelationGroup {
    /// The type: `dependsOn`.
    pub relation: String,
    /// In words: `Depends on`.
    pub label: String,
    /// By display name.
    pub targets: Vec<RelatedEntity>,
}

/// One related entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelatedEntity {
    /// Name, link, whether it exists.
    pub target: RefLabel,
    /// `spec.type` as people write it, where it exists.
    pub type_title: Option<String>,
    /// `metadata.description`, cut.
    pub description: Option<String>,
}

/// Something wrong, where it is, and what to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProblemView {
    /// `true` for an error, `false` for a warning.
    pub is_error: bool,
    /// What is wrong.
    pub message: String,
    /// What is expected.
    pub expected: String,
    /// The file as shown to people.
    pub file: String,
    /// From 1; absent where the problem is the whole file's.
    pub line: Option<u32>,
    /// From 1.
    pub column: Option<u32>,
    /// Our own source page at the line, or the view-url.
    pub href: Option<String>,
    /// The entity concerned, where it is known.
    pub entity: Option<RefLabel>,
}

/// The page of an entity that does not exist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MissingEntity {
    /// As asked for.
    pub entity_ref: EntityRef,
    /// The nearest matches, best first.
    pub nearest: Vec<NearEntity>,
    /// Entities whose relations name it.
    pub named_by: Vec<RefLabel>,
}

/// An entity whose name is near the one that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearEntity {
    /// Name and link.
    pub entity: RefLabel,
    /// Its first owner.
    pub owner: Option<RefLabel>,
}

/// How the source is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceFormat {
    /// The entity as YAML.
    #[default]
    Yaml,
    /// The entity as the API serves it.
    Json,
    /// The file that it comes from, as it is now.
    File,
}

/// The entity as text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceText {
    /// Which form this is.
    pub format: SourceFormat,
    /// The text; at most 1 MiB.
    pub text: String,
    /// The file as shown to people.
    pub file: Option<String>,
    /// The entity's first line in the file.
    pub line: Option<u32>,
    /// Problems in this file, to mark their lines.
    pub problems: Vec<ProblemView>,
}

/// What became of an entity, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Some of its revisions.
    pub revisions: Vec<RevisionView>,
    /// The number below which there are earlier ones.
    pub earlier: Option<i64>,
}

/// One revision and what it changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RevisionView {
    /// From 1, without gaps.
    pub number: i64,
    /// When the portal took note, RFC 3339 in UTC.
    pub at: String,
    /// What happened.
    pub event: RevisionEvent,
    /// Field by field, where there is a revision before.
    pub changes: Vec<FieldChangeView>,
    /// The file that says so, as shown to people.
    pub file: String,
    /// The file that said so before, where it is another.
    pub moved_from: Option<String>,
    /// The commit, where known.
    pub commit: Option<String>,
    /// The commit's author, where known.
    pub author: Option<String>,
}

/// What a revision did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RevisionEvent {
    /// The entity is new.
    Appeared,
    /// It says something else.
    Changed,
    /// It ended.
    Ended,
    /// It is back.
    Returned,
}

/// A field that a revision changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChangeView {
    /// `spec.owner`.
    pub path: String,
    /// As it was; absent where it was not there.
    pub before: Option<String>,
    /// As it is from then on.
    pub after: Option<String>,
    /// Of long texts, the lines that differ and those around them; then neither of the others.
    pub lines: Vec<ChangedLine>,
}

/// A line of a long text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedLine {
    /// `+`, `-`, a space where it is the same, `…` where lines are left out.
    pub sign: char,
    /// Without its end.
    pub text: String,
}

/// Which members of a group are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersQuery {
    /// The group.
    pub group: EntityRef,
    /// Members of descendant groups too.
    pub all: bool,
    /// Text in name, title or e-mail.
    pub text: String,
    /// From 0, in steps of [`Members::PAGE`].
    pub offset: u32,
}

/// Members of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Members {
    /// By display name.
    pub rows: Vec<Member>,
    /// How many match.
    pub total: u32,
    /// How many there are without the text.
    pub unfiltered: u32,
}

impl Members {
    /// Rows a page.
    pub const PAGE: u32 = 50;
}

/// What somebody owns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ownership {
    /// Whether descendant groups (or, of a user, their groups) count too.
    pub aggregated: bool,
    /// Every kind and type, most first.
    pub buckets: Vec<OwnershipBucket>,
    /// The sum.
    pub total: u32,
}

/// One kind and type that is owned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnershipBucket {
    /// As entities write it.
    pub kind: String,
    /// `spec.type`.
    pub spec_type: Option<String>,
    /// `services`, `libraries`, `openapi APIs`.
    pub label: String,
    /// How many.
    pub count: u32,
    /// The catalog page that shows exactly these.
    pub href: String,
}

/// Everything wrong in the catalog.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProblemList {
    /// By file, files with errors first.
    pub files: Vec<FileProblems>,
    /// How many errors.
    pub errors: u32,
    /// How many warnings.
    pub warnings: u32,
}

/// What is wrong in one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileProblems {
    /// The file as shown to people.
    pub file: String,
    /// By line.
    pub problems: Vec<ProblemView>,
}
