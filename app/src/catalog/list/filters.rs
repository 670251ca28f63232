//! The filters at the left and the chips above the table. Each value is a link.

use leptos::prelude::*;
use model::catalog::page::{CatalogPage, CatalogQuery, FacetGroup, FacetValue, PersonalFilter};

use crate::boot::boot;
use crate::ui::icon::Icon;

/// Values of a group that show without asking for more.
const SHOWN: usize = 8;

pub(super) fn filters(page: &CatalogPage) -> AnyView {
    let query = &page.query;
    let organization = boot().organization.clone();
    view! {
        <details class="filterbox">
        <summary class="btn filterbox__summary"><Icon name="filter"/>"Filters"</summary>
        <nav class="filters" aria-label="Filters">
            <div>
                <p class="filters__label">"Kind"</p>
                {page.kinds.iter().map(|kind| {
                    let here = kind.kind == query.kind;
                    option(query.clone().with_kind(&kind.kind).href(), &kind.label, kind.count, here)
                }).collect_view()}
            </div>
            <div>
                <p class="filters__label">"Personal"</p>
                {personal(query, PersonalFilter::Owned, "Owned", page.counts.owned)}
                {personal(query, PersonalFilter::Starred, "Starred", page.counts.starred)}
            </div>
            <div>
                <p class="filters__label">{organization}</p>
                {personal(query, PersonalFilter::All, "All", page.counts.all)}
            </div>
            {page.facets.iter().map(|group| facet(query, group)).collect_view()}
        </nav>
        </details>
    }
    .into_any()
}

fn personal(query: &CatalogQuery, user: PersonalFilter, text: &str, count: u32) -> AnyView {
    let here = query.user == user;
    option(query.clone().with_user(user).href(), text, count, here)
}

fn option(href: String, text: &str, count: u32, here: bool) -> AnyView {
    view! {
        <a class="fopt" href=href aria-current=here.then_some("true")>
            <span class="fopt__text">{text.to_owned()}</span>
            <span class="fopt__n">{count}</span>
        </a>
    }
    .into_any()
}

fn facet(query: &CatalogQuery, group: &FacetGroup) -> AnyView {
    let mut values: Vec<&FacetValue> = group.values.iter().collect();
    values.sort_by_key(|value| !value.selected);
    let link = |value: &&FacetValue| chosen(query, group, value);
    let (shown, rest) = values.split_at(values.len().min(SHOWN));
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details>
                <summary class="muted">{format!("{} more", rest.len())}</summary>
                {rest.iter().map(link).collect_view()}
            </details>
        }
    });
    view! {
        <div>
            <p class="filters__label">{group.title.clone()}</p>
            {shown.iter().map(link).collect_view()}
            {more}
        </div>
    }
    .into_any()
}

fn chosen(query: &CatalogQuery, group: &FacetGroup, value: &FacetValue) -> AnyView {
    let href = query.clone().with_toggled(&group.id, &value.value).href();
    option(href, &value.label, value.count, value.selected)
}

pub(super) fn chips(page: &CatalogPage) -> AnyView {
    let selected = page.facets.iter().flat_map(|group| {
        let values = group.values.iter().filter(|value| value.selected);
        values.map(move |value| (group, value))
    });
    let chips: Vec<_> = selected
        .map(|(group, value)| {
            let href = page
                .query
                .clone()
                .with_toggled(&group.id, &value.value)
                .href();
            let name = format!("Remove filter: {} is {}", group.title, value.label);
            view! {
                <span class="fchip">
                    <span>{group.title.clone()}</span>
                    <span class="fchip__op">"is"</span>
                    <span class="fchip__v">{value.label.clone()}</span>
                    <a class="fchip__x" href=href aria-label=name><Icon name="x" small=true/></a>
                </span>
            }
        })
        .collect();
    let clear = page.query.is_filtered().then(|| {
        view! { <a class="btn btn--ghost btn--sm" href=page.query.clone().cleared().href()>"Clear"</a> }
    });
    view! {
        <div class="activefilters">
            {chips}
            {clear}
            <span class="muted push">{format!("{} of {}", page.total, page.total_of_kind)}</span>
        </div>
    }
    .into_any()
}
