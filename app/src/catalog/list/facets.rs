//! The filter groups: type, the organisation's own fields, owner, lifecycle, tags, namespace.

use model::catalog::page::{CatalogPage, CatalogQuery, FacetGroup, FacetValue};

use super::words::number;
use crate::prelude::*;

/// Values of a group that show without asking for more.
const SHOWN: usize = 8;
/// As many more are not worth a click.
const SPARE: usize = 2;

/// The groups that the kind offers.
pub(super) fn facets(page: &CatalogPage) -> AnyView {
    let groups: Vec<_> = page
        .facets
        .iter()
        .enumerate()
        .map(|(index, facet)| group(&page.query, index, facet))
        .collect();
    groups.into_any()
}

fn group(query: &CatalogQuery, index: usize, facet: &FacetGroup) -> AnyView {
    let id = format!("facet-{index}");
    let shown = match facet.values.len() {
        few if few <= SHOWN + SPARE => few,
        _ => SHOWN,
    };
    let (first, rest) = facet.values.split_at(shown);
    let links = |values: &[FacetValue]| {
        let link = |choice: &FacetValue| value(query, facet, choice);
        values.iter().map(link).collect::<Vec<_>>()
    };
    let more = (!rest.is_empty()).then(|| more(facet, rest, links(rest)));
    view! {
        <div role="group" aria-labelledby=id.clone()>
            <p class="filters__label" id=id.clone()>{facet.title.clone()}</p>
            {links(first)}
            {more}
        </div>
    }
}

/// The values beyond the first. What is chosen is in sight; else it stays as the visitor left it,
/// which an attribute that says "closed" would undo.
fn more(facet: &FacetGroup, rest: &[FacetValue], links: impl IntoView + 'static) -> AnyView {
    let summary = view! { <summary class="fmore">{format!("{} more", rest.len())}<span class="visually-hidden">" of "{facet.title.clone()}</span></summary> };
    let content = view! { {summary}{links} };
    if rest.iter().any(|choice| choice.selected) {
        view! { <details class="fmorebox" open=true>{content}</details> }
    } else {
        view! { <details class="fmorebox">{content}</details> }
    }
}

fn value(query: &CatalogQuery, facet: &FacetGroup, choice: &FacetValue) -> AnyView {
    let href = query.clone().with_toggled(&facet.id, &choice.value).href();
    let current = choice.selected.then_some("true");
    let class = match (choice.count, choice.selected) {
        (0, false) => "fopt fopt--check fopt--none",
        _ => "fopt fopt--check",
    };
    view! {
        <a class=class href=href aria-current=current title=choice.label.clone() data-noscroll="" rel="nofollow">
            <span class="check" aria-hidden="true"></span>
            <span class="fopt__text">{choice.label.clone()}</span>
            <span class="fopt__n">{number(choice.count)}</span>
        </a>
    }
}
