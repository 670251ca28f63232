//! `/catalog-graph`: a relations graph whose roots, depth, kinds and direction stand in the address.

mod controls;
mod picker;

use leptos_router::hooks::use_url;
use model::catalog::EntityRef;
use model::catalog::page::CatalogPage;

use super::api::{fetch_graph, fetch_page};
use super::graph::{Drawn, GraphPicture, GraphQuery};
use super::graph_view::GraphView;
use crate::error::PortalError;
use crate::live::use_live;
use crate::prelude::*;
use crate::question::Question;
use crate::reactive::memo;
use crate::shell::{Crumb, PageFrame};
use crate::ui::empty::Empty;
use crate::ui::error_view::ErrorView;
use crate::ui::note::{Note, Tone};

/// What the page found.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
enum Found {
    /// A graph around its roots.
    Drawn(Drawn),
    /// No root is chosen: entities to start from.
    Choice(Box<CatalogPage>),
}

/// The relations graph page.
#[component]
pub fn GraphPage() -> impl IntoView {
    let url = use_url();
    let search = memo(move || url.with(|url| url.search().to_owned()));
    let live = use_live();
    let found = Question::new(
        move || (search.get(), live.catalog.get()),
        |(search, _)| load(search),
    );
    let content = move || {
        Suspend::new(async move {
            let query = GraphQuery::from_query_string(&search.get());
            match found.answer().await {
                Ok(found) => page(query, found, &search.get()),
                Err(error) => view! { <ErrorView error/> },
            }
        })
    };
    let crumbs = vec![
        Crumb::link("Catalog", "/catalog"),
        Crumb::here("Relations graph"),
    ];
    view! {
        <PageFrame title="Relations graph" crumbs>
            <div class="phead"><div class="phead__main"><h1>"Relations graph"</h1></div></div>
            <Transition fallback=skeleton>{move || content()}</Transition>
        </PageFrame>
    }
}

async fn load(search: String) -> Result<Found, PortalError> {
    let query = GraphQuery::from_query_string(&search);
    if query.roots.is_empty() {
        let page = fetch_page(picker::question(&search).to_query_string()).await?;
        return Ok(Found::Choice(Box::new(page)));
    }
    fetch_graph(query).await.map(Found::Drawn)
}

fn page(query: GraphQuery, found: Found, search: &str) -> AnyView {
    let unread = GraphQuery::unread_roots(search)
        .into_iter()
        .map(|text| view! { <Note tone=Tone::Warn>{format!("“{text}” is not a reference: kind:namespace/name")}</Note> })
        .collect_view();
    let content = match found {
        Found::Choice(page) => picker::picker(&page, search).into_any(),
        Found::Drawn(drawn) => graph(query, drawn).into_any(),
    };
    view! { {unread} {content} }
}

/// That roots do not exist, and what was meant, perhaps.
fn missing(query: &GraphQuery, drawn: &Drawn) -> Option<AnyView> {
    let gone = query.roots.iter().filter(|root| !drawn.picture.has(root));
    let gone: Vec<String> = gone.map(ToString::to_string).collect();
    if gone.is_empty() {
        return None;
    }
    let text = format!("Not in the catalog: {}.", gone.join(", "));
    let near = drawn
        .near
        .iter()
        .map(|(href, name)| view! { <a class="link" href=href.clone()>{name.clone()}</a> })
        .collect_view();
    let near =
        (!drawn.near.is_empty()).then(|| view! { <span class="gnear">"Near it: "{near}</span> });
    Some(view! { <Note tone=Tone::Warn>{text}{near}</Note> })
}

fn graph(query: GraphQuery, drawn: Drawn) -> impl IntoView {
    let missing = missing(&query, &drawn);
    let picture = drawn.picture;
    let label = label(&query, &picture);
    let controls = controls::controls(&query, &picture);
    let roots = roots(&query, &picture);
    let alone = picture.nodes.len() <= query.roots.len() && picture.edges.is_empty();
    view! {
        <div class="gpage">
            <label class="btn gfold"><input type="checkbox" class="check"/>"What the graph shows"</label>
            {controls}
            <div class="gpage__main">
                {roots}
                {missing}
                {if picture.nodes.is_empty() {
                    view! { <Empty icon="graph" title="Nothing to draw" text="None of the chosen entities exists. Start from another one."/> }
                } else {
                    view! {
                        {alone.then(|| view! { <p class="muted gpage__hint">"No relations are left under these filters."</p> })}
                        <GraphView picture label around=Some(query)/>
                    }
                }}
            </div>
        </div>
    }
}

fn label(query: &GraphQuery, picture: &GraphPicture) -> String {
    let names: Vec<String> = query.roots.iter().map(|root| name(root, picture)).collect();
    format!("Relations of {}", names.join(", "))
}

fn name(root: &EntityRef, picture: &GraphPicture) -> String {
    picture
        .nodes
        .iter()
        .find(|node| node.entity_ref == *root)
        .map_or_else(|| root.to_string(), |node| node.label.clone())
}

/// The roots as links to their pages, and the way to others.
fn roots(query: &GraphQuery, picture: &GraphPicture) -> impl IntoView + use<> {
    let links = query
        .roots
        .iter()
        .map(|root| match picture.has(root) {
            true => view! { <a class="link" href=root.path() title=root.to_string()>{name(root, picture)}</a> },
            false => view! { <span>{root.to_string()}</span> },
        })
        .collect_view();
    view! {
        <p class="gpage__roots">
            <span class="muted">"Around"</span>
            {links}
            <a class="more push" href="/catalog-graph">"Start from another entity"</a>
        </p>
    }
}

fn skeleton() -> impl IntoView {
    view! { <div class="panel panel__body gpage__skeleton" aria-busy="true"><span class="sk sk--40"></span></div> }
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
