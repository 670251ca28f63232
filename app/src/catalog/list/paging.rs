//! Where in the list the page is, and how many rows it has.

use model::catalog::page::{CatalogPage, CatalogQuery};

use super::words::number;
use crate::prelude::*;

/// The page sizes on offer.
const SIZES: [u32; 3] = [20, 50, 100];

/// The table's foot; absent where all there is fits on the smallest page.
pub(super) fn paging(page: &CatalogPage) -> AnyView {
    let query = &page.query;
    let Ok(shown) = u32::try_from(page.rows.len()) else {
        return ().into_any();
    };
    let [smallest, ..] = SIZES;
    if shown == 0 || (page.total <= smallest && query.offset == 0) {
        return ().into_any();
    }
    let last = query.offset.saturating_add(shown);
    let range = format!(
        "{}–{} of {}",
        number(query.offset + 1),
        number(last),
        number(page.total)
    );
    let back = (query.offset > 0).then(|| query.offset.saturating_sub(query.limit));
    let on = (last < page.total).then_some(last);
    view! {
        <nav class="tablefoot" aria-label="Pages">
            <span class="tnum">{range}</span>
            <span class="row">{step(query, back, "prev", "Previous")}{step(query, on, "next", "Next")}</span>
            {sizes(query)}
        </nav>
    }
}

fn step(query: &CatalogQuery, to: Option<u32>, rel: &'static str, text: &'static str) -> AnyView {
    match to {
        Some(offset) => {
            let href = query.clone().with_offset(offset).href();
            view! { <a class="btn btn--sm" href=href rel=rel>{text}</a> }
        }
        None => {
            view! { <a class="btn btn--sm" role="link" aria-disabled="true">{text}</a> }
        }
    }
}

fn sizes(query: &CatalogQuery) -> AnyView {
    let links: Vec<_> = SIZES
        .into_iter()
        .map(|size| {
            let href = query.clone().with_limit(size).href();
            let here = query.limit == size;
            view! { <a href=href aria-current=here.then_some("true") aria-label=format!("{size} rows a page")>{size}</a> }
        })
        .collect();
    view! {
        <span class="push row pagesize">
            <span aria-hidden="true">"Rows"</span>
            <span class="seg" role="group" aria-label="Rows a page">{links}</span>
        </span>
    }
}
