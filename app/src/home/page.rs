//! `/`: the catalog at a glance, and the organisation's own links.

use leptos::prelude::*;

use super::api::fetch_home;
use super::types::{HomePage as Home, Tool, Toolbox};
use crate::error::PortalError;
use crate::shell::{Crumb, PageFrame};
use crate::ui::icon::Icon;

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    let home = Resource::new_blocking(|| (), |()| fetch_home());
    view! {
        <PageFrame title="Home" crumbs=vec![Crumb::here("Home")]>
            <Suspense>{move || Suspend::new(async move { contents(home.await) })}</Suspense>
        </PageFrame>
    }
}

fn contents(home: Result<Home, PortalError>) -> AnyView {
    match home {
        Ok(home) => overview(home).into_any(),
        Err(error) => view! {
            <h1>"The home page is not there"</h1>
            <p class="soft">{error.to_string()}</p>
        }
        .into_any(),
    }
}

fn overview(home: Home) -> impl IntoView {
    let getting_started = Toolbox {
        title: "Getting started".to_owned(),
        tools: home.config.getting_started,
    };
    let boxes = home.config.toolboxes.into_iter().chain([getting_started]);
    view! {
        <h1>{home.organization}</h1>
        <section class="panel" aria-labelledby="catalog">
            <h2 id="catalog">"Catalog"</h2>
            <dl class="kv">
                {home.catalog
                    .into_iter()
                    .map(|(kind, count)| view! { <dt>{kind}</dt><dd class="tnum">{count}</dd> })
                    .collect_view()}
                <dt>"Problems"</dt>
                <dd class="tnum">{home.problems}</dd>
            </dl>
        </section>
        {boxes.filter(|toolbox| !toolbox.tools.is_empty()).map(links).collect_view()}
    }
}

fn links(toolbox: Toolbox) -> impl IntoView {
    view! {
        <section class="panel">
            <h2>{toolbox.title}</h2>
            <ul>{toolbox.tools.into_iter().map(link).collect_view()}</ul>
        </section>
    }
}

fn link(tool: Tool) -> impl IntoView {
    let icon = if tool.icon.is_empty() {
        "link".to_owned()
    } else {
        tool.icon
    };
    view! {
        <li>
            <a class="row" href=tool.url>
                <Icon name=icon/>
                <span>{tool.title}</span>
                <span class="muted">{tool.description}</span>
            </a>
        </li>
    }
}
