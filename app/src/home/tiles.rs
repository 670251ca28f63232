//! The catalog at a glance: how many of each kind, and how much is wrong.

use model::catalog::kinds::plural;
use model::catalog::page::CatalogQuery;
use model::catalog::text::lower_case;

use crate::prelude::*;
use crate::ui::icon::{Icon, KindIcon};

/// Kinds with counts; each number leads to exactly what it counts.
pub(super) fn catalog(kinds: &[(String, u32)], errors: u32) -> impl IntoView + use<> {
    let tiles = kinds
        .iter()
        // Where the files are is nothing that people look for.
        .filter(|(kind, _)| kind != "Location")
        .map(|(kind, count)| {
            let query = CatalogQuery::of_kind(&lower_case(kind));
            let label = plural(kind);
            view! { <li>{tile(query.href(), kind, &label, *count)}</li> }
        })
        .collect_view();
    view! {
        <section class="glance" aria-labelledby="h-catalog">
            <div class="plain-head">
                <h2 id="h-catalog">"Catalog"</h2>
                {health(errors)}
                <a class="more push" href="/catalog">"Open the catalog"<Icon name="arrow-right"/></a>
            </div>
            <ul class="tiles">{tiles}</ul>
        </section>
    }
}

/// A valid catalog is silent.
fn health(errors: u32) -> Option<impl IntoView> {
    let text = match errors {
        0 => return None,
        1 => "1 error".to_owned(),
        errors => format!("{errors} errors"),
    };
    Some(view! {
        <a class="status status--bad status--soft glance__errors" href="/problems?severity=error"><Icon name="x-circle"/>{text}</a>
    })
}

/// A number that is a link.
pub(super) fn tile(href: String, kind: &str, label: &str, count: u32) -> impl IntoView + use<> {
    let label = label.to_owned();
    view! {
        <a class="tile" href=href title=label.clone()>
            <span class="tile__n">{count}</span>
            <span class="tile__label"><KindIcon kind=kind.to_owned()/><span class="truncate">{label.clone()}</span></span>
        </a>
    }
}
