//! What an address without a page shows.

use super::icon::Icon;
use crate::prelude::*;
use crate::shell::here::use_here;
use crate::shell::{Crumb, PageFrame};

/// The page for an unknown address; sets the status 404 on the server.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    let here = use_here();
    view! {
        <PageFrame title="Not found" crumbs=vec![Crumb::here("Not found")]>
            <div class="nf">
                <NotFoundArt/>
                <p class="muted mono nf__ref">{move || here.get()}</p>
                <h1>"There is no page at this address"</h1>
                <p class="soft">"It may have been mistyped, or it was moved. What the catalog has can be searched for."</p>
                <form class="nf__search" method="get" action="/catalog" role="search">
                    <input type="hidden" name="filters[kind]" value="all"/>
                    <div class="affix">
                        <Icon name="search"/>
                        <input class="input" type="search" name="filters[text]" placeholder="Search the catalog" aria-label="Search the catalog"/>
                    </div>
                </form>
                <div class="row nf__act">
                    <a class="btn btn--primary" href="/catalog"><Icon name="component"/>"Open the catalog"</a>
                    <a class="btn" href="/"><Icon name="home"/>"Home"</a>
                </div>
            </div>
        </PageFrame>
    }
}

/// A body far out on its orbit.
#[component]
pub fn NotFoundArt() -> impl IntoView {
    view! {
        <svg class="nf__art" viewBox="0 0 240 120" aria-hidden="true">
            <g transform="rotate(-14 120 60)">
                <ellipse cx="120" cy="60" rx="108" ry="44" class="nf__orbit"></ellipse>
                <circle cx="62" cy="60" r="13" class="nf__body"></circle>
                <circle cx="228" cy="60" r="4.5" class="nf__far"></circle>
            </g>
        </svg>
    }
}
