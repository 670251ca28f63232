//! An entity's page.

use app::catalog::types::{
    Definition, EntityDetail, EntityLink, ProblemView, Profile, RelatedEntity, RelationGroup,
    TitledField,
};
use model::catalog::page::FieldCell;
use model::catalog::{EntityRef, EntityView};

use super::node::Node;
use super::problems;
use super::view::View;

pub(super) fn detail(view: &View, node: &Node, starred: bool) -> EntityDetail {
    let entity = node.entity();
    let href = node.entity_ref().path();
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let parent = ["spec.subcomponentOf", "spec.subdomainOf", "spec.parent"]
        .into_iter()
        .find_map(|path| node.reference(path));
    EntityDetail {
        entity_ref: node.entity_ref().clone(),
        kind: entity.kind().to_owned(),
        namespace: entity.namespace().to_owned(),
        name: entity.name().to_owned(),
        title: entity.display_name().to_owned(),
        description: owned(entity.description()),
        description_html: None,
        spec_type: owned(entity.spec_type()),
        lifecycle: owned(entity.lifecycle()),
        owners: view
            .targets(node.entity_ref(), "ownedBy")
            .map(|owner| view.label(owner))
            .collect(),
        system: node
            .reference("spec.system")
            .map(|system| view.label(&system)),
        domain: view.domain(node).map(|domain| view.label(&domain)),
        parent: parent.map(|parent| view.label(&parent)),
        fields: fields(view, node),
        tags: entity.tags().map(str::to_owned).collect(),
        links: links(entity),
        labels: pairs(entity.labels()),
        annotations: pairs(entity.annotations()),
        profile: profile(entity),
        targets: entity
            .text(&["spec", "target"])
            .into_iter()
            .chain(entity.texts(&["spec", "targets"]))
            .map(str::to_owned)
            .collect(),
        definition: entity.definition().map(|text| Definition {
            format: entity.spec_type().unwrap_or_default().to_owned(),
            text: text.to_owned(),
        }),
        relations: relations(view, node.entity_ref()),
        problems: found(view, node),
        orphan: node.stored.is_orphan,
        view_url: entity.view_url().map_or_else(
            || {
                format!(
                    "{href}/source?format=file#L{}",
                    node.stored.line.unwrap_or(1)
                )
            },
            str::to_owned,
        ),
        edit_url: owned(entity.edit_url()),
        source_place: place(node),
        changed_at: None,
        starred,
        href,
    }
}

fn pairs<'a>(of: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    of.map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

fn place(node: &Node) -> Option<String> {
    let file = problems::shown(&node.stored.location);
    Some(
        node.stored
            .line
            .map_or(file.clone(), |line| format!("{file}:{line}")),
    )
}

fn fields(view: &View, node: &Node) -> Vec<TitledField> {
    let fields = view.fields.iter().enumerate();
    fields
        .filter(|(_, field)| field.applies_to(node.kind()))
        .filter_map(|(index, field)| {
            let (label, target) = view.field_label(&view.field(node, index)?);
            Some(TitledField {
                title: field.title.clone(),
                cell: FieldCell {
                    id: field.id.clone(),
                    values: vec![label],
                },
                target,
            })
        })
        .collect()
}

fn links(entity: EntityView<'_>) -> Vec<EntityLink> {
    entity
        .links()
        .map(|link| EntityLink {
            title: link.title.clone(),
            icon: icon(link.icon.as_deref()).to_owned(),
            url: link.url,
        })
        .collect()
}

/// An icon of ours for the names that catalog files use.
fn icon(name: Option<&str>) -> &'static str {
    match name.unwrap_or_default().to_lowercase().as_str() {
        "dashboard" => "gauge",
        "docs" | "techdocs" | "runbook" => "book",
        "chat" | "message" => "comment",
        "github" => "github",
        "alert" | "warning" => "alert",
        "email" => "send",
        _ => "link",
    }
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

fn relations(view: &View, of: &EntityRef) -> Vec<RelationGroup> {
    let mut groups: Vec<RelationGroup> = Vec::new();
    for relation in view.relations(of) {
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
    groups
}

fn related(view: &View, target: &EntityRef) -> RelatedEntity {
    let entity = view.get(target).map(Node::entity);
    RelatedEntity {
        target: view.label(target),
        spec_type: entity.and_then(EntityView::spec_type).map(str::to_owned),
        description: entity.and_then(EntityView::description).map(str::to_owned),
    }
}

/// What is wrong with it, and which of its relations lead nowhere.
fn found(view: &View, node: &Node) -> Vec<ProblemView> {
    let stored = view.snapshot().problems_of(&node.stored);
    let dangling = view
        .relations(node.entity_ref())
        .into_iter()
        .filter(|relation| view.get(&relation.target).is_none())
        .map(|relation| ProblemView {
            is_error: false,
            message: format!(
                "{} {}, which does not exist",
                relation.kind.label(),
                relation.target
            ),
            expected: "an entity of this name, or another reference".to_owned(),
            file: problems::shown(&node.stored.location),
            line: node.stored.line,
            column: None,
            href: None,
            entity: None,
        });
    let mut all: Vec<ProblemView> = stored
        .map(|problem| problems::view(view, problem))
        .chain(dangling)
        .collect();
    all.sort_by_key(|problem| !problem.is_error);
    all
}
