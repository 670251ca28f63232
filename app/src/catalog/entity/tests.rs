//! Entity pages as they leave the server, given what the catalog says.

mod sample;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use model::catalog::EntityRef;

use self::sample::{bare, group, problem, reference, service};
use super::address::Address;
use super::data::{Answers, Entity};
use super::{content, page};
use crate::catalog::types::{
    ChangedLine, EntityDetail, FieldChangeView, History, Member, Members, MissingEntity,
    NearEntity, Ownership, OwnershipBucket, RevisionEvent, RevisionView, SourceFormat, SourceText,
};
use crate::error::PortalError;

/// The HTML without the marks that hydration finds text by.
fn rendered<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| {
        provide_meta_context();
        view().to_html().replace("<!>", "")
    })
}

fn address(detail: &EntityDetail, tab: &str, search: &str) -> Address {
    let of = &detail.entity_ref;
    let params = [
        ("namespace", of.namespace()),
        ("kind", of.kind()),
        ("name", of.name()),
        ("tab", tab),
    ];
    Address::read(
        &params
            .into_iter()
            .map(|(key, value)| (key, value.to_owned()))
            .collect(),
        search,
    )
}

fn shown(detail: &EntityDetail, tab: &str, search: &str, answers: Answers) -> String {
    rendered(|| content(&address(detail, tab, search), detail, answers))
}

#[track_caller]
fn has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[track_caller]
fn lacks(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(!html.contains(part), "{part} in {html}");
    }
}

#[test]
fn every_kind_is_shown_with_nothing_but_a_name() {
    for kind in [
        "Component",
        "API",
        "Resource",
        "System",
        "Domain",
        "Group",
        "User",
        "Template",
        "Location",
        "Robot",
    ] {
        let detail = bare(kind, "a");
        let html = shown(&detail, "", "", Answers::default());
        assert_eq!(html.matches("<h1>").count(), 1, "{kind}: {html}");
        has(&html, &["Catalog file valid", "View source"]);
        lacks(
            &html,
            &[
                "No tags",
                ">Edit<",
                "id=\"problems\"",
                "e-links",
                "e-labels",
            ],
        );
    }
    let html = shown(&bare("Component", "a"), "", "", Answers::default());
    has(&html, &["No owner"]);
}

#[test]
fn a_service_shows_its_facts_and_leads_to_the_catalog() {
    let html = shown(&service(), "", "", Answers::default());
    has(
        &html,
        &[
            "Tier 1",
            "href=\"/catalog?filters[tags]=amqp\"",
            "href=\"/catalog?filters[type]=service\"",
            "href=\"https://example.com/edit\"",
            "rel=\"external noopener noreferrer\"",
            "Message platform",
            "e-owners",
            "Run book",
            "team",
        ],
    );
    lacks(&html, &["style=", "No owner"]);
}

#[test]
fn the_head_says_what_it_is_and_the_facts_do_not_say_it_again() {
    let mut detail = service();
    detail.namespace = "payments".to_owned();
    let html = shown(&detail, "", "", Answers::default());
    for once in [">Service<", ">Production<", ">In payments<"] {
        assert_eq!(html.matches(once).count(), 1, "{once} in {html}");
    }
    lacks(&html, &["<dt>Owner<", "<dt>Type<", "<dt>Lifecycle<"]);
    lacks(
        &shown(&service(), "", "", Answers::default()),
        &["In default"],
    );
}

#[test]
fn a_reference_to_nothing_says_so() {
    let mut detail = service();
    detail.owners = vec![reference("group:gone", false)];
    has(
        &shown(&detail, "", "", Answers::default()),
        &["gone", "does not exist"],
    );
}

#[test]
fn text_from_catalog_files_is_never_markup() {
    let evil = "<script>alert(1)</script>";
    let mut detail = service();
    detail.title = evil.to_owned();
    detail.description = Some(evil.to_owned());
    detail.spec_type = Some(evil.to_owned());
    detail.tags = vec![evil.to_owned()];
    detail.labels = vec![(evil.to_owned(), evil.to_owned())];
    detail.relations[0].targets[0].description = Some(evil.to_owned());
    detail.problems = vec![problem(evil)];
    for tab in ["", "relations", "definition", "source"] {
        let answers = Answers {
            source: Some(Ok(source(evil))),
            ..Answers::default()
        };
        lacks(&shown(&detail, tab, "", answers), &["<script"]);
    }
}

#[test]
fn the_description_is_repeated_only_where_it_is_more_than_a_line() {
    let mut detail = service();
    detail.description_html = Some("<p>Stores dead letters.</p>\n".to_owned());
    lacks(
        &shown(&detail, "", "", Answers::default()),
        &["class=\"prose"],
    );
    detail.description_html = Some("<p>Stores <em>dead</em> letters.</p>".to_owned());
    has(
        &shown(&detail, "", "", Answers::default()),
        &["Stores <em>dead</em> letters."],
    );
}

#[test]
fn problems_come_first_with_their_place_and_what_is_expected() {
    let mut detail = service();
    detail.orphan = true;
    detail.problems = (1..6)
        .map(|number| problem(&format!("fault {number}")))
        .collect();
    let html = shown(&detail, "", "", Answers::default());
    has(
        &html,
        &[
            "5 problems",
            "#problems",
            "Orphan.",
            "catalog-info.yaml:12:3",
            "#L12\" rel=\"external\"",
            "Expected: a name",
            "2 more",
        ],
    );
    assert!(html.find("fault 1").unwrap() < html.find("e-about").unwrap());
    lacks(&html, &["Catalog file valid"]);
}

#[test]
fn tabs_are_links_and_the_open_one_is_current() {
    let html = shown(&service(), "relations", "", Answers::default());
    has(
        &html,
        &[
            "href=\"/catalog/default/component/dead-letter/relations\" aria-current=\"page\"",
            "href=\"/catalog/default/component/dead-letter/source\"",
            "id=\"dependsOn\">Depends on <span class=\"count\">1<",
        ],
    );
    assert_eq!(html.matches("<table").count(), 1);
    lacks(&html, &["/members", "/definition"]);
}

#[test]
fn a_tab_that_the_entity_does_not_have_is_said() {
    for tab in ["members", "definition", "nonsense"] {
        let html = shown(&service(), tab, "", Answers::default());
        has(
            &html,
            &[
                "no tab of this name",
                "Open its overview",
                "<h1>dead-letter</h1>",
                "class=\"tab\"",
            ],
        );
        lacks(&html, &["aria-current=\"page\""]);
    }
}

#[test]
fn relations_without_any_have_an_empty_state() {
    has(
        &shown(&bare("Component", "a"), "relations", "", Answers::default()),
        &["No relations"],
    );
}

#[test]
fn a_group_shows_what_it_owns_and_who_belongs_to_it() {
    let owned = Ownership {
        aggregated: true,
        buckets: vec![OwnershipBucket {
            kind: "Component".to_owned(),
            spec_type: Some("service".to_owned()),
            label: "services".to_owned(),
            count: 72,
            href: "/catalog?filters[type]=service&filters[owners]=group:aura".to_owned(),
        }],
        total: 72,
    };
    let answers = Answers {
        ownership: Some(Ok(owned)),
        members: Some(Ok(people(2, 2))),
        ..Answers::default()
    };
    let html = shown(&group(), "", "relations=aggregated", answers);
    has(
        &html,
        &[
            ">72<",
            "filters[type]=service&amp;filters[owners]=group:aura",
            "href=\"/catalog/default/group/aura?relations=aggregated\" aria-current=\"true\"",
            "href=\"/catalog/default/group/aura\"",
            "Person 1",
            "Child groups",
            "No e-mail",
        ],
    );
}

#[test]
fn a_part_that_failed_leaves_the_rest_of_the_page() {
    let error = PortalError::Unavailable {
        message: "the snapshot is being loaded".to_owned(),
    };
    let answers = Answers {
        ownership: Some(Err(error)),
        ..Answers::default()
    };
    has(
        &shown(&group(), "", "", answers),
        &["The snapshot is being loaded.", "e-profile"],
    );
}

#[test]
fn members_are_searched_switched_and_paged_by_address() {
    let answers = Answers {
        members: Some(Ok(people(120, 200))),
        ..Answers::default()
    };
    let html = shown(&group(), "members", "q=er&all=true&offset=50", answers);
    has(
        &html,
        &[
            "120 of 200 members",
            "name=\"q\" value=\"er\"",
            "name=\"all\" value=\"true\"",
            "href=\"/catalog/default/group/aura/members?q=er\"",
            "href=\"/catalog/default/group/aura/members?q=er&amp;all=true&amp;offset=100\"",
            "51 to 100 of 120",
            "href=\"mailto:person1@example.com\"",
        ],
    );
    let answers = Answers {
        members: Some(Ok(people(1, 1))),
        ..Answers::default()
    };
    has(&shown(&group(), "members", "", answers), &[">1 member<"]);
    let answers = Answers {
        members: Some(Ok(people(0, 0))),
        ..Answers::default()
    };
    has(
        &shown(&group(), "members", "", answers),
        &["Nobody is a member yet"],
    );
}

#[test]
fn the_file_marks_the_lines_that_are_wrong() {
    let mut source = source("a: 1\nb: 2\n");
    source.format = SourceFormat::File;
    source.problems = vec![problem("no such kind")];
    source.problems[0].line = Some(2);
    let answers = Answers {
        source: Some(Ok(source)),
        ..Answers::default()
    };
    let html = shown(&service(), "source", "format=file", answers);
    has(
        &html,
        &[
            "class=\"sl sl--bad\" id=\"L2\"",
            "Error: no such kind; expected a name",
            "href=\"#L1\"",
            "source?format=json",
        ],
    );
}

#[test]
fn a_definition_is_shown_with_its_format_and_lines() {
    let mut detail = bare("API", "orders");
    detail.definition = Some(crate::catalog::types::Definition {
        format: "openapi".to_owned(),
        text: "openapi: 3.1.0\ninfo: {}\n".to_owned(),
    });
    has(
        &shown(&detail, "definition", "", Answers::default()),
        &[
            "OpenAPI",
            "2 lines",
            "id=\"L2\"",
            "<span class=\"tk\">openapi</span>",
        ],
    );
}

#[test]
fn what_does_not_exist_shows_near_names_and_who_speaks_of_it() {
    let found = MissingEntity {
        entity_ref: EntityRef::parse("component:dead-leter").unwrap(),
        nearest: vec![NearEntity {
            entity: reference("component:dead-letter", true),
            owner: Some(reference("group:aura", true)),
        }],
        named_by: vec![reference("system:messages", true)],
    };
    let address = address(&bare("Component", "dead-leter"), "", "");
    let entity = Entity::Missing(Box::new(found));
    let html = rendered(|| page(&address, Ok(entity), Answers::default()));
    has(
        &html,
        &[
            "aria-current=\"page\">dead-leter<",
            "aura",
            "component:default/dead-leter",
            "Nothing is registered under this name",
            "href=\"/catalog/default/component/dead-letter\"",
            "Still referred to by",
            "href=\"/catalog/default/system/messages\"",
            "value=\"dead-leter\"",
        ],
    );
}

#[test]
fn a_page_has_its_breadcrumb_and_main_once() {
    let detail = service();
    let html = rendered(|| {
        page(
            &address(&detail, "", ""),
            Ok(Entity::Found(Box::new(detail))),
            Answers::default(),
        )
    });
    assert_eq!(
        (html.matches("<main").count(), html.matches("<h1").count()),
        (1, 1),
        "{html}"
    );
    has(
        &html,
        &[
            "href=\"/catalog\">Catalog<",
            ">Components<",
            "aria-current=\"page\">dead-letter<",
        ],
    );
}

#[test]
fn a_history_says_what_happened_and_what_it_changed() {
    let change = |path: &str, before: Option<&str>, after: Option<&str>| FieldChangeView {
        path: path.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
        lines: Vec::new(),
    };
    let line = |sign, text: &str| ChangedLine {
        sign,
        text: text.to_owned(),
    };
    let changed = RevisionView {
        number: 7,
        at: "2026-11-23T14:20:00Z".to_owned(),
        event: RevisionEvent::Changed,
        changes: vec![
            change("spec.owner", Some("<a>"), Some("b")),
            change("metadata.title", None, Some("New")),
            FieldChangeView {
                lines: vec![line('-', "old"), line('+', "new"), line(' ', "same")],
                ..change("spec.definition", None, None)
            },
        ],
        file: "demo/b.yaml".to_owned(),
        moved_from: Some("demo/a.yaml".to_owned()),
        commit: Some("abc1234".to_owned()),
        author: Some("Ann".to_owned()),
    };
    let ended = RevisionView {
        event: RevisionEvent::Ended,
        number: 6,
        changes: Vec::new(),
        moved_from: None,
        commit: None,
        author: None,
        ..changed.clone()
    };
    let history = History {
        revisions: vec![changed, ended],
        earlier: Some(6),
    };
    let detail = service();
    let answers = Answers {
        history: Some(Ok(history)),
        ..Answers::default()
    };
    let html = shown(&detail, "history", "before=8", answers);
    has(
        &html,
        &[
            "Changed",
            "2026-11-23 14:20 UTC",
            "revision 7",
            "by Ann",
            "<code>abc1234</code>",
            "demo/a.yaml → demo/b.yaml",
            "<del>&lt;a&gt;</del>",
            " → <ins>b</ins>",
            "<dd><ins>New</ins></dd>",
            "<del>- old\n</del><ins>+ new\n</ins><span>  same\n</span>",
            "Ended",
            &format!("href=\"{}/history?before=6\"", detail.href),
            &format!("href=\"{}/history\" class=\"more\">Newest", detail.href),
        ],
    );
    lacks(&html, &["<a></del>"]);
}

fn source(text: &str) -> SourceText {
    SourceText {
        format: SourceFormat::Yaml,
        text: text.to_owned(),
        file: Some("demo/catalog-info.yaml".to_owned()),
        line: Some(1),
        problems: Vec::new(),
    }
}

fn people(total: u32, unfiltered: u32) -> Members {
    let member = |number: u32| Member {
        user: reference(&format!("user:person{number}"), true),
        description: Some("Engineer".to_owned()),
        email: Some(format!("person{number}@example.com")),
        picture: None,
    };
    let mut rows: Vec<Member> = (1..=total.min(Members::PAGE)).map(member).collect();
    for (number, row) in (1..).zip(&mut rows) {
        row.user.label = format!("Person {number}");
    }
    Members {
        rows,
        total,
        unfiltered,
    }
}

#[test]
fn an_entity_travels_as_it_is() {
    let entity = Entity::Found(Box::new(service()));
    let bytes = crate::wire::encode(&entity).unwrap();
    assert_eq!(crate::wire::decode(&bytes), Ok(entity));
}
