//! `/catalog`: the list with its filters. All of its state is in the URL, and every control is
//! a link or a form, so that it works without WebAssembly.

mod chips;
mod columns;
mod empty;
mod export;
mod facets;
mod filters;
mod hidden;
mod hints;
mod kind;
mod paging;
mod row;
mod search;
mod skeleton;
mod table;
mod words;

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

use leptos_router::hooks::use_url;
use model::catalog::EntityRef;
use model::catalog::page::{CatalogPage, CatalogQuery};

use self::search::TextFilter;
use super::api::fetch_page;
use crate::live::use_live;
use crate::prelude::*;
use crate::question::Question;
use crate::reactive::memo;
use crate::shell::{Crumb, PageFrame};
use crate::stars::use_stars;
use crate::ui::error_view::ErrorView;

/// The catalog's list.
#[component]
pub fn ListPage() -> impl IntoView {
    let url = use_url();
    let query = memo(move || url.with(|url| CatalogQuery::from_query_string(url.search())));
    let (live, stars) = (use_live(), settled_stars());
    let page = Question::new(
        move || (query.get(), live.catalog.get(), stars.get()),
        |(query, _, _)| fetch_page(query.to_query_string()),
    );
    let filter = TextFilter::new();
    filter.follow(query);
    let content = move || {
        Suspend::new(async move {
            match page.answer().await {
                Ok(page) => listed(&page, filter),
                Err(error) => failed(view! { <ErrorView error/> }),
            }
        })
    };
    let waiting = move || query.with_untracked(skeleton::skeleton);
    filters::provide_folded();
    view! { <Transition fallback=waiting>{move || content()}</Transition> }
}

/// The visitor's stars as the server has them too: counts are asked for again when they change.
fn settled_stars() -> Memo<Vec<EntityRef>> {
    let stars = use_stars();
    Memo::new(move |before: Option<&Vec<EntityRef>>| {
        let now: Vec<EntityRef> = stars
            .cards()
            .into_iter()
            .map(|card| card.entity.entity_ref)
            .collect();
        match before {
            Some(before) if before.iter().chain(&now).any(|star| stars.is_pending(star)) => {
                before.clone()
            }
            _ => now,
        }
    })
}

fn failed(content: AnyView) -> AnyView {
    let content = view! { <h1>"Catalog"</h1>{content} };
    let crumbs = vec![Crumb::here("Catalog")];
    view! { <PageFrame title="Catalog" crumbs>{content}</PageFrame> }
}

fn framed(title: String, here: String, content: AnyView) -> AnyView {
    let crumbs = vec![Crumb::link("Catalog", "/catalog"), Crumb::here(here)];
    view! { <PageFrame title crumbs>{content}</PageFrame> }
}

fn listed(page: &CatalogPage, filter: TextFilter) -> AnyView {
    let title = words::listed(page);
    let here = match words::is_unknown(page) {
        true => title.clone(),
        false => words::heading(&page.query.kind),
    };
    framed(title, here, content(page, filter))
}

fn content(page: &CatalogPage, filter: TextFilter) -> AnyView {
    let folded = filters::use_folded();
    view! {
        <div class="phead phead--inline">
            <div class="phead__main">
                <h1 class="phead__title">{words::listed(page)}" "<span class="phead__count">{format!("({})", words::count(page))}</span></h1>
            </div>
            <div class="phead__actions">{export::menu(&page.query)}</div>
        </div>
        <div class="split catalog" class:is-folded=move || folded.get()>
            {filters::filters(page)}
            <section aria-label=words::heading(&page.query.kind) class="listcol">
                <div class="filterbar">
                    {filter.form(page)}
                    <div class="row push only-wide">{filters::toggle()}{columns::chooser(page)}</div>
                </div>
                {chips::chips(page)}
                {rows(page)}
                {paging::paging(page)}
                {(!page.rows.is_empty()).then(hints::hints)}
            </section>
        </div>
    }
}

fn rows(page: &CatalogPage) -> AnyView {
    if page.rows.is_empty() {
        empty::empty(page)
    } else {
        table::table(page)
    }
}
