//! The filters at the left; on narrow screens a sheet that stays open while one chooses. Each value is a link that adds it or takes
//! it away, with the number of rows that it stands for.

use leptos::ev::KeyboardEvent;
use model::catalog::page::{CatalogPage, CatalogQuery, PersonalFilter};

use super::words::{self, number};
use super::{facets, kind};
use crate::boot::boot;
use crate::prelude::*;
use crate::shell::rail;
use crate::ui::dropdown::{close, close_on_escape};
use crate::ui::icon::{Icon, kind_icon};

/// The id of the filters, for the button that folds them.
const FILTERS: &str = "filters";

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
        <summary class="btn filtersheet__open"><Icon name="filter"/><Icon name="x"/><span class="filtersheet__text">"Filters"</span>{count(&page.query)}</summary>
        <nav class="filters" id=FILTERS aria-label="Filters" on:keydown=take>
            <h2 class="filters__title">"Filters"</h2>
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

/// Whose entities; where nobody's are there, the list says how they get there.
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
    let href = page.query.clone().with_user(user).href();
    view! { <a class="fopt" href=href aria-current=here.then_some("true") data-noscroll="">{inside}</a> }
}

/// A value looks like a box to tick, so Space takes it as Enter does.
fn take(event: KeyboardEvent) {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        let value = target.filter(|target| target.class_list().contains("fopt"));
        if let Some(value) = value.filter(|_| event.key() == " ") {
            event.prevent_default();
            value.click();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    drop(event);
}

/// How many values are chosen, for the button that opens the sheet.
fn count(query: &CatalogQuery) -> AnyView {
    let chosen: usize = query.chosen().iter().map(|(_, values)| values.len()).sum();
    (chosen > 0)
        .then(|| view! { <span class="pill">{chosen}</span> })
        .into_any()
}

const FOLDED: &str = "perilune_filters=folded";

/// Whether the filters' place is the list's.
#[derive(Clone, Copy)]
pub(super) struct Folded(RwSignal<bool>);

/// Provides what the visitor chose last.
pub(super) fn provide_folded() {
    provide_context(Folded(RwSignal::new(rail::says(FOLDED))));
}

/// Whether the filters' place is the list's.
pub(super) fn use_folded() -> RwSignal<bool> {
    use_context::<Folded>().map_or_else(|| RwSignal::new(false), |Folded(folded)| folded)
}

/// Gives the filters' place to the list, and back; a cookie keeps it.
pub(super) fn toggle() -> AnyView {
    let folded = use_folded();
    let turn = move |_| {
        folded.update(|folded| *folded = !*folded);
        rail::keep(FOLDED, folded.get_untracked());
    };
    let text = move || match folded.get() {
        true => "Show filters",
        false => "Hide filters",
    };
    view! {
        <button type="button" class="btn btn--ghost filters-toggle js-only" aria-expanded=move || (!folded.get()).to_string() aria-controls=FILTERS on:click=turn>
            <Icon name="filter"/>
            {move || text()}
        </button>
    }
}
