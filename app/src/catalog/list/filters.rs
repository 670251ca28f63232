//! The filters at the left; on narrow screens a sheet that stays open while one chooses. Each value is a link that adds it or takes
//! it away, with the number of rows that it stands for.

use model::catalog::page::{CatalogPage, CatalogQuery, PersonalFilter};

use super::words::{self, number};
use super::{facets, kind};
use crate::boot::boot;
use crate::prelude::*;
use crate::ui::dropdown::{close, close_on_escape};
use crate::ui::icon::{Icon, kind_icon};

/// All filters.
pub(super) fn filters(page: &CatalogPage) -> AnyView {
    let organization = match boot().organization.as_str() {
        "" => "Organisation".to_owned(),
        name => name.to_owned(),
    };
    let done = format!(
        "Show {} {}",
        number(page.total),
        words::plural(&page.query.kind)
    );
    view! {
        <details class="filtersheet" on:keydown=close_on_escape>
        <summary class="btn filtersheet__open"><Icon name="filter"/><Icon name="x"/>"Filters"{count(&page.query)}</summary>
        <nav class="filters" aria-label="Filters">
            {kind::kind(page)}
            <div role="group" aria-labelledby="f-personal">
                <p class="filters__label" id="f-personal">"Personal"</p>
                {personal(page, PersonalFilter::Owned)}
                {personal(page, PersonalFilter::Starred)}
            </div>
            <div role="group" aria-labelledby="f-all">
                <p class="filters__label" id="f-all">{organization}</p>
                {personal(page, PersonalFilter::All)}
            </div>
            {facets::facets(page)}
            <div class="filters__foot js-only">
                <button type="button" class="btn btn--primary btn--block" on:click=close>{done}</button>
            </div>
        </nav>
        </details>
    }
}

/// Whose entities: a link, which leads nowhere while nobody's would be there.
fn personal(page: &CatalogPage, user: PersonalFilter) -> AnyView {
    let (text, icon, count) = match user {
        PersonalFilter::Owned => ("Owned", "group", page.counts.owned),
        PersonalFilter::Starred => ("Starred", "star", page.counts.starred),
        PersonalFilter::All => ("All", kind_icon(&page.query.kind), page.counts.all),
    };
    let here = page.query.user == user;
    // Without a visitor there is nothing to count; the list says how to sign in.
    let known = user == PersonalFilter::All || boot().user.is_some();
    let inside = view! {
        <Icon name=icon/>
        <span class="fopt__text">{text}</span>
        {known.then(|| view! { <span class="fopt__n">{number(count)}</span> })}
    };
    if known && count == 0 && !here {
        return view! { <a class="fopt" role="link" aria-disabled="true">{inside}</a> };
    }
    let href = page.query.clone().with_user(user).href();
    view! { <a class="fopt" href=href aria-current=here.then_some("true") data-noscroll="">{inside}</a> }
}

/// How many values are chosen, for the button that opens the sheet.
fn count(query: &CatalogQuery) -> AnyView {
    let chosen: usize = query.chosen().iter().map(|(_, values)| values.len()).sum();
    (chosen > 0)
        .then(|| view! { <span class="pill">{chosen}</span> })
        .into_any()
}

/// Gives the filters' place to the list, for as long as the page is open.
pub(super) fn toggle() -> AnyView {
    view! {
        <label class="btn btn--ghost filters-toggle">
            <input type="checkbox" class="visually-hidden" id="filters-shown" checked=true/>
            <Icon name="filter"/>
            "Filters"
        </label>
    }
}
