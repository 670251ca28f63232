//! The drawing as it leaves the server.

use model::catalog::EntityRef;

use super::GraphView;
use crate::catalog::graph::{GraphPicture, GraphQuery, PlacedEdge, PlacedNode};
use crate::prelude::*;

fn node(name: &str, root: bool) -> PlacedNode {
    let entity_ref = EntityRef::new("component", "default", name).unwrap();
    PlacedNode {
        href: entity_ref.path(),
        entity_ref,
        label: name.to_owned(),
        sublabel: "service".to_owned(),
        kind: "Component".to_owned(),
        root,
        x: 10.0,
        y: 20.0,
        width: 160.0,
        height: 42.0,
    }
}

fn picture(names: &[&str]) -> GraphPicture {
    let edge = |to: u32| PlacedEdge {
        from: 0,
        to,
        label: "depends on".to_owned(),
        path: "M0 0L9 9".to_owned(),
        label_x: 5.0,
        label_y: 5.0,
        at_root: true,
    };
    GraphPicture {
        nodes: names
            .iter()
            .enumerate()
            .map(|(at, name)| node(name, at == 0))
            .collect(),
        edges: (1..u32::try_from(names.len()).unwrap()).map(edge).collect(),
        width: 400.0,
        height: 300.0,
        left_out: 0,
        relation_types: vec![("dependsOn".to_owned(), "depends on".to_owned())],
    }
}

fn html(picture: GraphPicture, around: Option<GraphQuery>) -> String {
    Owner::new().with(|| {
        view! { <GraphView picture label="Relations of a" around/> }
            .to_html()
            .replace("<!>", "")
    })
}

#[test]
fn nodes_are_links_in_reading_order_inside_a_region_that_takes_the_focus() {
    let html = html(picture(&["a", "b", "c"]), None);
    let at = |text: &str| {
        html.find(text)
            .unwrap_or_else(|| panic!("{text} in {html}"))
    };
    assert!(
        at("href=\"/catalog/default/component/a\"") < at("href=\"/catalog/default/component/b\"")
    );
    assert!(
        at("href=\"/catalog/default/component/b\"") < at("href=\"/catalog/default/component/c\"")
    );
    assert!(
        html.contains("tabindex=\"0\" role=\"region\" aria-label=\"Relations of a\""),
        "{html}"
    );
    assert_eq!(html.matches("g-node--self").count(), 1);
    assert!(!html.contains("style="), "{html}");
}

#[test]
fn edges_are_quiet_and_every_edge_is_in_the_list_too() {
    let html = html(picture(&["a", "b"]), None);
    assert_eq!(html.matches("class=\"g-edge\"").count(), 1);
    assert!(!html.contains("g-edge--strong"), "{html}");
    let (_, list) = html.split_once("<tbody>").unwrap();
    assert!(
        list.contains("depends on") && list.contains("/catalog/default/component/b"),
        "{list}"
    );
}

#[test]
fn on_its_own_page_every_node_but_the_root_can_become_the_root() {
    let query = GraphQuery::around(&EntityRef::parse("component:a").unwrap(), 1);
    let html = html(picture(&["a", "b"]), Some(query));
    let href = "/catalog-graph?rootEntityRefs[]=component:default/b";
    assert!(html.contains(&format!("data-focus=\"{href}\"")), "{html}");
    assert!(html.contains(&format!("href=\"{href}\"")), "{html}");
    assert_eq!(html.matches("class=\"g-focus\"").count(), 1);
}

#[test]
fn a_long_name_is_cut_and_told_in_full() {
    let long = "payments-settlement-reconciliation-worker-".repeat(3);
    let html = html(picture(&["a", &long]), None);
    assert!(html.contains("payments-settl"), "{html}");
    assert!(html.contains('…'), "{html}");
    assert!(
        html.contains(&format!("<title>{long}, Component, service</title>")),
        "{html}"
    );
}

#[test]
fn names_are_never_markup() {
    let mut picture = picture(&["a", "b"]);
    picture.nodes[1].label = "<script>alert(1)</script>".to_owned();
    picture.edges[0].label = "<b>".to_owned();
    let html = html(picture, None);
    assert!(
        !html.contains("<script>") && !html.contains("<b>"),
        "{html}"
    );
}

#[test]
fn what_the_cap_left_out_is_said() {
    let mut picture = picture(&["a"]);
    assert!(!html(picture.clone(), None).contains("left out"));
    picture.left_out = 7;
    assert!(html(picture, None).contains("7 more entities are left out"));
}
