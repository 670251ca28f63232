//! An entity's page: head, tabs, and the page of an entity that does not exist.

mod about;
mod address;
mod code;
mod data;
mod definition;
mod facts;
mod graph_panel;
mod head;
mod history;
mod members;
mod menu;
mod missing;
mod notices;
mod overview;
mod ownership;
mod relations;
mod side;
mod source;
mod syntax;
mod tab;
mod words;

use leptos_router::hooks::{use_params_map, use_url};
use model::catalog::kinds;
use model::catalog::page::CatalogQuery;

use self::address::Address;
use self::data::{Answers, Entity, Questions};
use self::tab::Tab;
use super::types::EntityDetail;
use crate::error::PortalError;
use crate::live::use_live;
use crate::prelude::*;
use crate::reactive::memo;
use crate::shell::{Crumb, PageFrame};
use crate::ui::document::Description;
use crate::ui::empty::Empty;
use crate::ui::error_view::ErrorView;

/// The page of `/catalog/:namespace/:kind/:name` and its tabs.
#[component]
pub fn EntityPage() -> impl IntoView {
    let (params, url) = (use_params_map(), use_url());
    let address =
        memo(move || params.with(|params| url.with(|url| Address::read(params, url.search()))));
    let live = use_live();
    let questions = Questions::ask(address, live.catalog.into());
    let content = move || {
        let address = address.get();
        Suspend::new(async move {
            let (entity, answers) = questions.answers().await;
            page(&address, entity, answers)
        })
    };
    view! { <Transition fallback=skeleton>{move || content()}</Transition> }
}

fn page(address: &Address, entity: Result<Entity, PortalError>, answers: Answers) -> AnyView {
    match entity {
        Err(error) => framed(
            "Not shown".to_owned(),
            Vec::new(),
            view! { <ErrorView error/> },
        ),
        Ok(Entity::Missing(missing)) => {
            let name = missing.entity_ref.name();
            framed(
                format!("{name} not found"),
                crumbs(missing.entity_ref.kind(), name),
                missing::missing(&missing).into_any(),
            )
        }
        Ok(Entity::Found(detail)) => {
            let content = content(address, &detail, answers);
            let description = detail.description.clone();
            let content = view! {
                {description.map(|text| view! { <Description text/> })}
                {content}
            };
            framed(
                detail.title.clone(),
                crumbs(&detail.kind, &detail.title),
                content.into_any(),
            )
        }
    }
}

/// Head, tabs and the open tab, or that there is no such tab.
fn content(address: &Address, detail: &EntityDetail, answers: Answers) -> AnyView {
    let tab = address.tab.filter(|tab| tab.is_offered(detail));
    let Answers {
        graph,
        ownership,
        members,
        source,
        history,
    } = answers;
    let body = match tab {
        None => no_tab(detail),
        Some(Tab::Overview) => {
            overview::overview(detail, address.overview(), graph, ownership, members)
        }
        Some(Tab::Relations) => relations::tab(detail),
        Some(Tab::Definition) => definition::tab(detail),
        Some(Tab::Members) => {
            members::tab(detail, &address.members(detail.entity_ref.clone()), members)
        }
        Some(Tab::History) => history::tab(detail, address.before(), history),
        Some(Tab::Source) => source::tab(detail, source),
    };
    view! {
        {head::head(detail)}
        {tab::tabs(detail, tab)}
        {body}
    }
}

fn no_tab(detail: &EntityDetail) -> AnyView {
    set_not_found();
    let href = detail.href.clone();
    view! {
        <Empty icon="search" title="There is no such page here" text=format!("{} exists, but has no tab of this name.", detail.title)>
            <a class="btn" href=href>"Open its overview"</a>
        </Empty>
    }
}

fn framed(title: String, crumbs: Vec<Crumb>, content: AnyView) -> AnyView {
    view! { <PageFrame title crumbs>{content}</PageFrame> }
}

fn crumbs(kind: &str, here: &str) -> Vec<Crumb> {
    vec![
        Crumb::link("Catalog", "/catalog"),
        Crumb::link(kinds::plural(kind), CatalogQuery::of_kind(kind).href()),
        Crumb::here(here),
    ]
}

fn skeleton() -> AnyView {
    let content = view! {
        <div class="phead ehead" aria-busy="true">
            <span class="kindicon kindicon--lg"></span>
            <div class="phead__main stack"><span class="sk sk--40"></span><span class="sk sk--60"></span></div>
        </div>
    };
    framed("Loading".to_owned(), Vec::new(), content.into_any())
}

/// Answers this request with 404; in the browser there is nothing to answer.
fn set_not_found() {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
