//! Which kind is listed.

use model::catalog::page::{CatalogPage, CatalogQuery, DEFAULT_KIND, EVERY_KIND};

use super::hidden::hidden;
use super::words::number;
use crate::catalog::get_form::{apply, follow};
use crate::prelude::*;
use crate::ui::icon::Icon;

/// A form with the kinds that the catalog has; a change goes there at once.
pub(super) fn kind(page: &CatalogPage) -> AnyView {
    let query = &page.query;
    let all = page.kinds.iter().map(|kind| kind.count).sum();
    let every = (EVERY_KIND.to_owned(), "All kinds".to_owned(), all);
    let kinds = page.kinds.iter();
    let options: Vec<_> = kinds
        .map(|kind| (kind.kind.clone(), kind.label.clone(), kind.count))
        .chain([every])
        .map(|(kind, label, count)| {
            let here = kind == query.kind;
            let text = format!("{label} ({})", number(count));
            view! { <option value=kind selected=here prop:selected=here>{text}</option> }
        })
        .collect();
    let rest = query.clone().with_kind(DEFAULT_KIND);
    view! {
        <form method="get" action="/catalog" class="kindform" on:change=apply
            on:submit=follow(|query| CatalogQuery::from_query_string(query).href())>
            {hidden(&rest)}
            <label class="filters__label" for="f-kind">"Kind"</label>
            <div class="kindform__row">
                <div class="selectbox grow">
                    <select class="select" id="f-kind" name="filters[kind]">{options}</select>
                    <Icon name="chevrons-up-down"/>
                </div>
                <button type="submit" class="btn nojs-only">"Show"</button>
            </div>
        </form>
    }
}
