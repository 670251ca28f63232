//! Which columns the table has: a form in a menu, its choice in the URL.

use model::catalog::page::{CatalogPage, CatalogQuery, Column};

use super::hidden::hidden;
use crate::catalog::get_form::{apply, follow};
use crate::prelude::*;
use crate::ui::dropdown::{close_on_escape, close_on_leave};
use crate::ui::icon::Icon;

/// The button and the form. A tick acts at once; without a script, Apply does.
pub(super) fn chooser(page: &CatalogPage) -> AnyView {
    let query = &page.query;
    let rest = query.clone().with_columns(&[]);
    let boxes: Vec<_> = page
        .available_columns
        .iter()
        .filter(|column| column.id != "name")
        .map(|column| tick(column, page.columns.contains(column)))
        .collect();
    let reset = (!query.columns.is_empty()).then(|| {
        view! { <a class="btn btn--ghost btn--sm" href=rest.href() data-noscroll="">"The usual ones"</a> }
    });
    view! {
        <details class="menu" on:keydown=close_on_escape on:focusout=close_on_leave>
            <summary class="btn btn--ghost"><Icon name="columns"/>"Columns"</summary>
            <form class="pop menu__pop" tabindex="-1" method="get" action="/catalog" on:change=apply
                on:submit=follow(|query| CatalogQuery::from_query_string(query).href())>
                {hidden(&rest)}
                // The name is always there; it also says that none of the others is.
                <input type="hidden" name="columns" value="name"/>
                <fieldset>
                    <legend class="menu__label">"Columns beside the name"</legend>
                    {boxes}
                </fieldset>
                <div class="menu__foot">
                    {reset}
                    <button type="submit" class="btn btn--sm nojs-only">"Apply"</button>
                </div>
            </form>
        </details>
    }
}

fn tick(column: &Column, on: bool) -> AnyView {
    view! {
        <label class="opt">
            <input class="check" type="checkbox" name="columns" value=column.id.clone() checked=on prop:checked=on/>
            {column.title.clone()}
        </label>
    }
}
