//! An entity's page.

use app::catalog::types::{
    Definition, EntityDetail, EntityLink, ProblemView, Profile, RelatedEntity, RelationGroup,
    TitledField,
};
use catalog::snapshot::CatalogEntity;
use chrono::SecondsFormat;
use model::catalog::page::{CatalogRow, RefLabel};
use model::catalog::{EntityRef, EntityView, Relation, RelationType};

use super::problems;
use super::types;
use super::view::View;
use super::{icon, markdown, source};

/// Everything on the page; `None` when there is no such entity.
pub(super) fn detail(view: &View, wanted: &EntityRef, starred: bool) -> Option<EntityDetail> {
    let own = view.get(wanted)?;
    let row = view.row(wanted)?;
    let value = own.entity.value();
    let entity = EntityView(&value);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Some(EntityDetail {
        entity_ref: wanted.clone(),
        name: entity.name().to_owned(),
        description: owned(entity.description()),
        description_html: entity.description().map(markdown::to_html),
        parent: parent(view, wanted),
        fields: fields(view, &row),
        links: links(entity),
        labels: pairs(entity.labels()),
        annotations: pairs(entity.annotations()),
        profile: profile(entity),
        definition: entity.definition().map(|text| Definition {
            format: entity.spec_type().unwrap_or_default().to_owned(),
            text: text.to_owned(),
        }),
        relations: relations(view, wanted),
        problems: found(view, own),
        view_url: row.view_url.unwrap_or_else(|| source_url(&row.href, own)),
        source_place: Some(line(own)),
        changed_at: Some(own.changed_at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        starred,
        kind: row.kind,
        namespace: row.namespace,
        title: row.name,
        type_title: row.spec_type.as_deref().map(types::title),
        spec_type: row.spec_type,
        lifecycle: row.lifecycle,
        owners: row.owners,
        system: row.system,
        domain: row.domain,
        tags: row.tags,
        targets: row.targets,
        orphan: row.orphan,
        edit_url: row.edit_url,
        href: row.href,
    })
}

/// What it is a part of, among its own kind.
fn parent(view: &View, of: &EntityRef) -> Option<RefLabel> {
    let above = [RelationType::PartOf, RelationType::ChildOf];
    let mut targets = above
        .iter()
        .flat_map(|relation| view.index().related(of, relation));
    let parent = targets.find(|target| target.kind() == of.kind())?;
    Some(view.label(&parent))
}

/// Our own page of the file, at the entity's line.
fn source_url(href: &str, own: &CatalogEntity) -> String {
    format!("{href}/source?format=file#L{}", own.line.unwrap_or(1))
}

fn pairs<'a>(of: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    of.map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

/// `file:line`.
fn line(own: &CatalogEntity) -> String {
    let file = source::place(own);
    match own.line {
        Some(line) => format!("{file}:{line}"),
        None => file,
    }
}

fn fields(view: &View, row: &CatalogRow) -> Vec<TitledField> {
    let fields = view.index().fields().iter();
    fields
        .filter_map(|field| {
            let cell = row.fields.iter().find(|cell| cell.id == field.id)?;
            Some(TitledField {
                title: field.title.clone(),
                cell: cell.clone(),
            })
        })
        .collect()
}

fn links(entity: EntityView<'_>) -> Vec<EntityLink> {
    entity
        .links()
        .map(|link| EntityLink {
            title: link.title.clone(),
            icon: icon::of_link(link.icon.as_deref()).to_owned(),
            url: link.url,
        })
        .collect()
}

fn profile(entity: EntityView<'_>) -> Option<Profile> {
    entity.at(&["spec", "profile"])?;
    let picture = entity.picture().filter(|url| url.starts_with("http"));
    Some(Profile {
        display_name: entity
            .text(&["spec", "profile", "displayName"])
            .map(str::to_owned),
        email: entity.email().map(str::to_owned),
        picture: picture.map(str::to_owned),
    })
}

/// What is shown first; everything else follows in the order it has.
const FIRST: [RelationType; 6] = [
    RelationType::OwnedBy,
    RelationType::PartOf,
    RelationType::DependsOn,
    RelationType::DependencyOf,
    RelationType::ProvidesApi,
    RelationType::ConsumesApi,
];

/// Where relations of a type stand among the others.
fn place(relation: &str) -> usize {
    let first = FIRST.iter().position(|first| first.as_str() == relation);
    first.unwrap_or(FIRST.len())
}

fn relations(view: &View, of: &EntityRef) -> Vec<RelationGroup> {
    let mut groups: Vec<RelationGroup> = Vec::new();
    for relation in view.index().relations(of) {
        let name = relation.kind.as_str();
        if groups.last().is_none_or(|group| group.relation != name) {
            groups.push(RelationGroup {
                relation: name.to_owned(),
                label: relation.kind.heading().to_owned(),
                targets: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.targets.push(related(view, &relation.target));
        }
    }
    for group in &mut groups {
        group
            .targets
            .sort_by_key(|related| related.target.label.to_lowercase());
    }
    groups.sort_by_key(|group| place(&group.relation));
    groups
}

fn related(view: &View, target: &EntityRef) -> RelatedEntity {
    let card = view.card(target);
    RelatedEntity {
        target: card.entity,
        type_title: card.spec_type.as_deref().map(types::title),
        description: card.description,
    }
}

/// What is wrong with it, and which of its relations lead nowhere.
fn found(view: &View, own: &CatalogEntity) -> Vec<ProblemView> {
    let stored = view.snapshot().problems_of(own);
    let relations = view.index().relations(&own.entity.entity_ref).into_iter();
    let dangling = relations
        .filter(|relation| !view.index().contains(&relation.target))
        .map(|relation| dangling(own, &relation));
    let mut all: Vec<ProblemView> = stored
        .map(|problem| problems::view(view, problem))
        .chain(dangling)
        .collect();
    all.sort_by_key(|problem| !problem.is_error);
    all
}

fn dangling(own: &CatalogEntity, relation: &Relation) -> ProblemView {
    ProblemView {
        is_error: false,
        message: format!(
            "{} {}, which does not exist",
            relation.kind.label(),
            relation.target
        ),
        expected: "an entity of this name, or another reference".to_owned(),
        file: source::place(own),
        line: own.line,
        column: None,
        href: None,
        entity: None,
    }
}
