//! Where a graph starts when the address names no root: a search over the catalog, at first its domains.

use model::catalog::page::{CatalogPage, CatalogQuery, CatalogRow, EVERY_KIND};

use crate::catalog::get_form::follow;
use crate::catalog::graph::GraphQuery;
use crate::prelude::*;
use crate::ui::empty::Empty;
use crate::ui::icon::{Icon, KindIcon};

/// How many entities are offered.
const OFFERED: u32 = 50;

/// What is offered: what the search finds, else the organisation's domains.
pub(super) fn question(search: &str) -> CatalogQuery {
    let text = text(search);
    let kind = if text.is_empty() {
        "domain"
    } else {
        EVERY_KIND
    };
    CatalogQuery::of_kind(kind)
        .with_text(&text)
        .with_limit(OFFERED)
}

/// The text searched for; the field has the catalog's own name, so its address reads the same here.
fn text(search: &str) -> String {
    CatalogQuery::from_query_string(search).text
}

/// The search and what it finds.
pub(super) fn picker(page: &CatalogPage, search: &str) -> impl IntoView + use<> {
    let text = text(search);
    let heading = if text.is_empty() {
        "Start from a domain"
    } else {
        "Start from"
    };
    let rows = page.rows.iter().map(row).collect_view();
    let more = page.total.saturating_sub(OFFERED);
    view! {
        <div class="gpick">
            <form method="get" action="/catalog-graph" class="row gpick__form" role="search" aria-label="Where to start" on:submit=follow(|query| format!("/catalog-graph?{query}"))>
                <div class="affix grow">
                    <Icon name="search"/>
                    <input class="input" type="search" name="filters[text]" value=text.clone() aria-label="Find an entity to start from" placeholder="Find an entity to start from"/>
                </div>
                <button type="submit" class="btn btn--primary">"Find"</button>
            </form>
            {if page.rows.is_empty() {
                view! { <Empty icon="search" title="Nothing found" text="No entity has these words in its name, title, description or tags."/> }
            } else {
                view! {
                    <section class="panel" aria-labelledby="gpick-title">
                        <div class="panel__head"><h2 id="gpick-title">{heading}" "<span class="count">{page.total}</span></h2></div>
                        <ul class="plist">{rows}</ul>
                        {(more > 0).then(|| view! { <p class="panel__foot">{more}" more; type a word to narrow them."</p> })}
                    </section>
                }
            }}
        </div>
    }
}

fn row(row: &CatalogRow) -> impl IntoView + use<> {
    let owner = row.owners.first().map(|owner| owner.label.clone());
    view! {
        <li>
            <a href=GraphQuery::around(&row.entity_ref, 1).href()>
                <span class="ent"><KindIcon kind=row.kind.clone()/><b>{row.name.clone()}</b></span>
                <span class="muted plist__k">{row.description.clone()}</span>
                <span class="muted">{owner}</span>
            </a>
        </li>
    }
}
