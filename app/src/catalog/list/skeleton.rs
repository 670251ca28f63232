//! The list while its first answer is on the way: the places of what comes, after 150 ms.

use model::catalog::page::CatalogQuery;

use super::{framed, words};
use crate::prelude::*;

const ROWS: usize = 12;

/// In place of the whole page.
pub(super) fn skeleton(query: &CatalogQuery) -> AnyView {
    let line = |wide: &'static str| {
        view! { <li><span class=wide></span></li> }
    };
    let lines: Vec<_> = (0..ROWS).map(|_| line("sk sk--80")).collect();
    let options: Vec<_> = (0..ROWS).map(|_| line("sk sk--60")).collect();
    let content = view! {
        <div class="phead phead--inline">
            <div class="phead__main"><h1 class="phead__title">{words::title(query)}</h1></div>
        </div>
        <div class="split catalog late" aria-busy="true">
            <ul class="filters skrows" aria-hidden="true">{options}</ul>
            <section aria-label=words::heading(&query.kind) class="listcol">
                <p class="visually-hidden">"Loading"</p>
                <ul class="skrows skrows--table" aria-hidden="true">{lines}</ul>
            </section>
        </div>
    };
    framed(
        words::title(query),
        words::heading(&query.kind),
        content.into_any(),
    )
}
