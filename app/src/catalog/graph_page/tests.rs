//! The graph page's parts as they leave the server.

use leptos::prelude::*;
use model::catalog::EntityRef;
use model::catalog::page::{CatalogPage, CatalogQuery, EVERY_KIND, PersonalCounts};

use super::{Found, controls, graph, page, picker};
use crate::catalog::graph::{Drawn, GraphPicture, GraphQuery};

fn nothing() -> GraphPicture {
    GraphPicture {
        nodes: Vec::new(),
        edges: Vec::new(),
        width: 0.0,
        height: 0.0,
        left_out: 0,
        relation_types: vec![("dependsOn".to_owned(), "depends on".to_owned())],
    }
}

/// The HTML without the marks that hydration finds text by.
fn rendered<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().to_html().replace("<!>", ""))
}

fn no_rows() -> CatalogPage {
    CatalogPage {
        query: CatalogQuery::default(),
        rows: Vec::new(),
        total: 0,
        total_of_kind: 0,
        counts: PersonalCounts::default(),
        kinds: Vec::new(),
        facets: Vec::new(),
        columns: Vec::new(),
        available_columns: Vec::new(),
    }
}

#[test]
fn the_form_carries_the_whole_address() {
    let text = "rootEntityRefs[]=component:a&maxDepth=7&direction=TB&unidirectional=false&selectedKinds[]=robot";
    let query = GraphQuery::from_query_string(text);
    let html = rendered(|| controls::controls(&query, &nothing()));
    for part in [
        "name=\"rootEntityRefs[]\" value=\"component:default/a\"",
        "<option value=\"7\" selected",
        "<option value=\"TB\" selected",
        "name=\"unidirectional\" value=\"false\"",
        "value=\"robot\" checked",
        "name=\"selectedRelations[]\" value=\"dependsOn\"",
        "type=\"submit\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(
        !html.contains("name=\"unidirectional\" value=\"true\" checked"),
        "{html}"
    );
    assert!(
        html.contains("name=\"mergeRelations\" value=\"true\" checked"),
        "{html}"
    );
}

#[test]
fn a_root_that_does_not_exist_is_said() {
    let query = GraphQuery::around(&EntityRef::parse("component:gone").unwrap(), 1);
    let near = EntityRef::parse("component:done").unwrap();
    let drawn = Drawn {
        picture: nothing(),
        near: vec![(query.with_root(&near).href(), "Done".to_owned())],
    };
    let html = rendered(|| graph(query, drawn));
    assert!(
        html.contains("Not in the catalog: component:default/gone."),
        "{html}"
    );
    assert!(html.contains("Nothing to draw"), "{html}");
    assert!(!html.contains("href=\"/catalog/"), "{html}");
    assert!(
        html.contains("href=\"/catalog-graph?rootEntityRefs[]=component:default/done\""),
        "{html}"
    );
}

#[test]
fn what_is_no_reference_is_said() {
    let search = "rootEntityRefs[]=nope";
    let found = Found::Choice(Box::new(no_rows()));
    let html = rendered(|| page(GraphQuery::from_query_string(search), found, search));
    assert!(
        html.contains("“nope” is not a reference: kind:namespace/name"),
        "{html}"
    );
}

#[test]
fn without_a_root_the_domains_are_offered_and_a_word_searches_everything() {
    assert_eq!(picker::question("").kind, "domain");
    let question = picker::question("filters%5Btext%5D=dead+letter&maxDepth=2");
    assert_eq!(
        (question.kind.as_str(), question.text.as_str()),
        (EVERY_KIND, "dead letter")
    );
}

#[test]
fn a_search_without_a_result_keeps_its_words_and_escapes_them() {
    let html = rendered(|| picker::picker(&no_rows(), "filters[text]=%22%3E%3Cb%3E"));
    assert!(
        html.contains("Nothing found") && !html.contains("<b>"),
        "{html}"
    );
}
