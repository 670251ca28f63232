//! `/catalog`: the list with its filters. All of its state is in the URL, and every control is
//! a link or a form, so that it works without WebAssembly.

mod filters;
mod table;
mod words;

use leptos::prelude::*;
use leptos_router::hooks::use_url;
use model::catalog::page::{CatalogPage, CatalogQuery};

use super::api::fetch_page;
use crate::live::use_live;
use crate::shell::{Crumb, PageFrame};
use crate::ui::empty::Empty;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::Icon;

/// The catalog's list.
#[component]
pub fn ListPage() -> impl IntoView {
    let url = use_url();
    let question = Memo::new(move |_| {
        url.with(|url| CatalogQuery::from_query_string(url.search()).to_query_string())
    });
    let live = use_live();
    let page = Resource::new_blocking(
        move || (question.get(), live.catalog.get()),
        |(question, _)| fetch_page(question),
    );
    let content = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => listed(page),
                Err(error) => framed(
                    "Catalog".to_owned(),
                    view! { <h1>"Catalog"</h1><ErrorView error/> }.into_any(),
                ),
            }
        })
    };
    view! { <Transition>{content}</Transition> }
}

fn framed(title: String, content: AnyView) -> AnyView {
    let crumbs = vec![
        Crumb::link("Catalog", "/catalog"),
        Crumb::here(title.clone()),
    ];
    view! { <PageFrame title crumbs>{content}</PageFrame> }.into_any()
}

fn listed(page: CatalogPage) -> AnyView {
    let title = words::title(&page);
    let total = page.total;
    let content = view! {
        <div class="phead phead--inline">
            <div class="phead__main">
                <h1 class="phead__title">{title.clone()}<span class="phead__count">{format!("({total})")}</span></h1>
            </div>
            <div class="phead__actions">{exports(&page.query)}</div>
        </div>
        <div class="split">
            {filters::filters(&page)}
            <section aria-label=title.clone() class="listcol">
                {search(&page)}
                {filters::chips(&page)}
                {rows(&page)}
                {paging(&page)}
            </section>
        </div>
    };
    framed(title, content.into_any())
}

fn rows(page: &CatalogPage) -> AnyView {
    if page.total > 0 {
        return table::table(page);
    }
    let cleared = page.query.clone().cleared().href();
    view! {
        <Empty icon="search" title="Nothing matches" text="No entity has everything that is chosen at the left.">
            <a class="btn" href=cleared>"Clear all filters"</a>
        </Empty>
    }
    .into_any()
}

fn exports(query: &CatalogQuery) -> impl IntoView + use<> {
    let question = query.to_query_string();
    let link = move |format: &'static str, text: &'static str| {
        view! {
            <a class="btn btn--ghost only-wide" href=format!("/catalog/export.{format}?{question}") rel="external" download>
                <Icon name="download"/>
                {text}
            </a>
        }
    };
    view! { {link.clone()("csv", "CSV")} {link("json", "JSON")} }
}

/// The text filter; the rest of the state travels in hidden fields.
fn search(page: &CatalogPage) -> impl IntoView + use<> {
    let rest = page.query.clone().with_text("");
    let label = format!("Filter {}", words::plural(&page.query.kind));
    view! {
        <form class="filterbar" method="get" action="/catalog" role="search">
            {hidden(&rest)}
            <div class="affix">
                <Icon name="search"/>
                <input class="input" type="search" name="filters[text]" value=page.query.text.clone() placeholder=label.clone() aria-label=label data-page-filter/>
            </div>
            <button class="btn" type="submit">"Filter"</button>
        </form>
    }
}

/// A query as hidden form fields.
fn hidden(query: &CatalogQuery) -> impl IntoView + use<> {
    words::pairs(&query.to_query_string())
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}

fn paging(page: &CatalogPage) -> impl IntoView + use<> {
    let query = &page.query;
    let first = query.offset + 1;
    let shown = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
    let last = query.offset + shown;
    let step = |offset: u32, text: &'static str| {
        let href = query.clone().with_offset(offset).href();
        view! { <a class="btn btn--sm" href=href>{text}</a> }
    };
    let back =
        (query.offset > 0).then(|| step(query.offset.saturating_sub(query.limit), "Previous"));
    let on = (last < page.total).then(|| step(last, "Next"));
    (page.total > 0).then(|| {
        view! {
            <nav class="row paging" aria-label="Pages">
                <span class="muted tnum">{format!("{first}–{last} of {}", page.total)}</span>
                {back}
                {on}
            </nav>
        }
    })
}
