//! The drawing itself: edges, their labels, nodes over them.

use leptos::ev;
use leptos::svg;

use super::fit::{fitted, width};
use super::length::{px, rounded};
use crate::catalog::graph::{GraphPicture, GraphQuery, PlacedEdge, PlacedNode};
use crate::prelude::*;
use crate::ui::icon::kind_icon;

/// Font sizes of the style sheet, in CSS pixels.
const NAME: f32 = 12.5;
const SMALL: f32 = 11.0;
const LABEL: f32 = 10.5;
/// From a node's left edge to its text, and from the text to its right edge.
const BEFORE_TEXT: f32 = 36.0;
const AFTER_TEXT: f32 = 8.0;

/// The widest picture that is made to fit an entity page's card on a wide screen, in pixels.
const NEARLY_FITS: f32 = 960.0;

/// The whole picture at a zoom of 1 or what the buttons say.
pub(super) fn canvas(
    picture: &GraphPicture,
    label: &str,
    around: Option<&GraphQuery>,
    zoom: RwSignal<f64>,
) -> impl IntoView + use<> {
    let (w, h) = (picture.width.max(1.0), picture.height.max(1.0));
    let scaled = move |length: f32| move || rounded(f64::from(length) * zoom.get()).to_string();
    let edges = picture.edges.iter().map(edge).collect_view();
    let labels = picture.edges.iter().filter_map(edge_label).collect_view();
    let nodes = picture
        .nodes
        .iter()
        .enumerate()
        .map(|(index, placed)| node(placed, index, around))
        .collect_view();
    view! {
        <svg
            class="gsvg"
            class:gsvg--near=move || w <= NEARLY_FITS && (zoom.get() - 1.0).abs() < f64::EPSILON
            viewBox=format!("0 0 {} {}", px(w), px(h))
            width=scaled(w)
            height=scaled(h)
            role="group"
            aria-label=label.to_owned()
            on:click=follow_links()
            on:pointerover=move |event| mark(&event)
            on:focusin=move |event| mark(&event)
        >
            <defs>
                <marker id="g-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
                    <path class="g-arrow" d="M0 0.5L8 4L0 7.5z"></path>
                </marker>
                <marker id="g-arrow-strong" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
                    <path class="g-arrow g-arrow--strong" d="M0 0.5L8 4L0 7.5z"></path>
                </marker>
            </defs>
            <g aria-hidden="true">{edges}{labels}</g>
            {nodes}
        </svg>
    }
}

/// An edge with the numbers of its ends.
fn edge(edge: &PlacedEdge) -> impl IntoView + use<> {
    let ends = format!("{} {}", edge.from, edge.to);
    view! {
        <g><path class="g-edge" data-ends=ends d=edge.path.clone() marker-end="url(#g-arrow)"></path></g>
    }
}

fn edge_label(edge: &PlacedEdge) -> Option<AnyView> {
    if edge.label.is_empty() {
        return None;
    }
    let wide = width(&edge.label, LABEL) + 8.0;
    let view = view! {
        <g class="g-label">
            <rect x=px(edge.label_x - wide / 2.0) y=px(edge.label_y - 8.0) width=px(wide) height="16" rx="3"></rect>
            <text x=px(edge.label_x) y=px(edge.label_y + 3.5) text-anchor="middle">{edge.label.clone()}</text>
        </g>
    };
    Some(view.into_any())
}

fn node(node: &PlacedNode, index: usize, around: Option<&GraphQuery>) -> AnyView {
    let room = (node.width - BEFORE_TEXT - AFTER_TEXT).max(0.0);
    let name = fitted(&node.label, NAME, room).into_owned();
    let small = fitted(&node.sublabel, SMALL, room).into_owned();
    let focus = around
        .filter(|_| !node.root)
        .map(|query| query.with_root(&node.entity_ref).href());
    let middle = node.y + node.height / 2.0;
    let class = if node.root {
        "g-node g-node--self"
    } else {
        "g-node"
    };
    let name_at = if small.is_empty() {
        node.height / 2.0 + 4.0
    } else {
        node.height / 2.0 - 3.0
    };
    // An `a` or `title` with siblings is taken for HTML by the macro, so each stands alone or is built by name.
    let link = view! {
        <g>
            <a class=class href=node.href.clone() data-focus=focus.clone()>
                {svg::title().child(tooltip(node))}
                <rect x=px(node.x) y=px(node.y) width=px(node.width) height=px(node.height) rx="7"></rect>
                <use href=format!("/icons.svg#{}", kind_icon(&node.kind)) x=px(node.x + 11.0) y=px(middle - 8.0) width="16" height="16"></use>
                <svg x=px(node.x + BEFORE_TEXT) y=px(node.y) width=px(room) height=px(node.height)>
                    <text x="0" y=px(name_at)>{name}</text>
                    <text class="g-kind" x="0" y=px(node.height / 2.0 + 12.0)>{small}</text>
                </svg>
            </a>
        </g>
    };
    view! {
        <g class="g-item" data-node=index.to_string()>
            {link}
            {focus.map(|href| focus_link(node, href))}
        </g>
    }
}

/// A round badge on the node's corner, for those who cannot click with a script or hold Shift.
fn focus_link(node: &PlacedNode, href: String) -> impl IntoView + use<> {
    let (x, y) = (node.x + node.width - 6.0, node.y);
    let label = format!("Make {} the root", node.label);
    view! {
        <g>
            <a class="g-focus" href=href aria-label=label.clone()>
                {svg::title().child(label.clone())}
                <circle cx=px(x) cy=px(y) r="12"></circle>
                <use href="/icons.svg#graph" x=px(x - 6.0) y=px(y - 6.0) width="12" height="12"></use>
            </a>
        </g>
    }
}

fn tooltip(node: &PlacedNode) -> String {
    let kind = node.kind.as_str();
    match node.sublabel.as_str() {
        "" => format!("{}, {kind}", node.label),
        small => format!("{}, {kind}, {small}", node.label),
    }
}

/// Makes the edges strong that end at the node an event is about, and the others quiet. What is strong
/// shows only while the picture is pointed at or has the focus.
#[cfg(feature = "hydrate")]
fn mark(event: &ev::Event) {
    use leptos::wasm_bindgen::JsCast;

    let element = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(element) = element else { return };
    let item = element.closest(".g-item").ok().flatten();
    let node = item.and_then(|item| item.get_attribute("data-node"));
    let Some(picture) = element.closest(".gsvg").ok().flatten() else {
        return;
    };
    let paint = |edges: &str, class: &str| {
        while let Ok(Some(edge)) = picture.query_selector(edges) {
            if edge.set_attribute("class", class).is_err() {
                break;
            }
        }
    };
    paint(".g-edge--strong", "g-edge");
    if let Some(node) = node {
        let ends = format!(".g-edge:not(.g-edge--strong)[data-ends~=\"{node}\"]");
        paint(&ends, "g-edge g-edge--strong");
    }
}

/// Nothing happens on the server.
#[cfg(not(feature = "hydrate"))]
fn mark(_event: &ev::Event) {}

/// The router does not see links inside SVG, so one handler follows them all; what opens a new tab or
/// window is the browser's.
#[cfg(feature = "hydrate")]
fn follow_links() -> impl Fn(ev::MouseEvent) {
    use leptos::wasm_bindgen::JsCast;

    let navigate = leptos_router::hooks::use_navigate();
    move |event: ev::MouseEvent| {
        if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|element| element.closest("a").ok().flatten());
        let Some(link) = link else { return };
        let focus = link
            .get_attribute("data-focus")
            .filter(|_| !event.shift_key());
        if let Some(href) = focus.or_else(|| link.get_attribute("href")) {
            event.prevent_default();
            navigate(&href, leptos_router::NavigateOptions::default());
        }
    }
}

/// Nothing happens on the server.
#[cfg(not(feature = "hydrate"))]
fn follow_links() -> impl Fn(ev::MouseEvent) {
    |_| {}
}
