//! Entities for the page tests.

use model::catalog::EntityRef;
use model::catalog::page::{FieldCell, FieldValue, RefLabel};

use crate::catalog::types::{
    EntityDetail, EntityLink, ProblemView, RelatedEntity, RelationGroup, TitledField,
};

/// A reference with its name as its label.
pub(super) fn reference(text: &str, exists: bool) -> RefLabel {
    let entity_ref = EntityRef::parse(text).unwrap();
    RefLabel {
        label: entity_ref.name().to_owned(),
        href: entity_ref.path(),
        entity_ref,
        exists,
    }
}

/// Kind and name, nothing else.
pub(super) fn bare(kind: &str, name: &str) -> EntityDetail {
    let entity_ref = EntityRef::new(kind, "default", name).unwrap();
    EntityDetail {
        href: entity_ref.path(),
        view_url: format!("{}/source", entity_ref.path()),
        entity_ref,
        kind: kind.to_owned(),
        namespace: "default".to_owned(),
        name: name.to_owned(),
        title: name.to_owned(),
        description: None,
        description_html: None,
        spec_type: None,
        type_title: None,
        lifecycle: None,
        owners: Vec::new(),
        system: None,
        domain: None,
        parent: None,
        fields: Vec::new(),
        tags: Vec::new(),
        links: Vec::new(),
        labels: Vec::new(),
        annotations: Vec::new(),
        profile: None,
        targets: Vec::new(),
        definition: None,
        relations: Vec::new(),
        problems: Vec::new(),
        orphan: false,
        edit_url: None,
        source_place: None,
        changed_at: None,
        starred: false,
    }
}

/// A service with something in every place.
pub(super) fn service() -> EntityDetail {
    let system = RefLabel {
        label: "Message platform".to_owned(),
        ..reference("system:message-platform", true)
    };
    EntityDetail {
        description: Some("Stores dead letters.".to_owned()),
        spec_type: Some("service".to_owned()),
        type_title: Some("Service".to_owned()),
        lifecycle: Some("production".to_owned()),
        owners: vec![reference("group:aura", true)],
        system: Some(system),
        fields: vec![
            field("tier", "Tier", "1"),
            field("language", "Language", "Go"),
        ],
        tags: vec!["amqp".to_owned()],
        links: vec![EntityLink {
            url: "https://example.com/run".to_owned(),
            title: "Run book".to_owned(),
            icon: "book".to_owned(),
        }],
        labels: vec![("team".to_owned(), "aura".to_owned())],
        relations: vec![
            relation("dependsOn", "Depends on", "resource:db"),
            relation("ownedBy", "Owned by", "group:aura"),
        ],
        edit_url: Some("https://example.com/edit".to_owned()),
        source_place: Some("demo/catalog-info.yaml:12".to_owned()),
        changed_at: Some("2026-11-23T14:20:00Z".to_owned()),
        ..bare("Component", "dead-letter")
    }
}

/// A group with a group below it.
pub(super) fn group() -> EntityDetail {
    EntityDetail {
        spec_type: Some("squad".to_owned()),
        relations: vec![relation("parentOf", "Child groups", "group:below")],
        ..bare("Group", "aura")
    }
}

/// An error on line 12.
pub(super) fn problem(message: &str) -> ProblemView {
    ProblemView {
        is_error: true,
        message: message.to_owned(),
        expected: "a name".to_owned(),
        file: "demo/catalog-info.yaml".to_owned(),
        line: Some(12),
        column: Some(3),
        href: Some("/catalog/default/component/dead-letter/source?format=file#L12".to_owned()),
        entity: None,
    }
}

fn relation(relation: &str, label: &str, target: &str) -> RelationGroup {
    RelationGroup {
        relation: relation.to_owned(),
        label: label.to_owned(),
        targets: vec![RelatedEntity {
            target: reference(target, true),
            type_title: Some("Database".to_owned()),
            description: None,
        }],
    }
}

fn field(id: &str, title: &str, value: &str) -> TitledField {
    TitledField {
        title: title.to_owned(),
        cell: FieldCell {
            id: id.to_owned(),
            values: vec![FieldValue {
                text: value.to_owned(),
                target: None,
            }],
        },
    }
}
