//! The list as a file: exactly what is filtered, on all pages.

use model::catalog::page::CatalogQuery;

use crate::prelude::*;
use crate::ui::dropdown::{close_on_escape, close_on_leave};
use crate::ui::icon::Icon;

/// The button and the two files.
pub(super) fn menu(query: &CatalogQuery) -> AnyView {
    view! {
        <details class="menu only-wide" on:keydown=close_on_escape on:focusout=close_on_leave>
            <summary class="btn btn--ghost"><Icon name="download"/>"Export"</summary>
            <ul class="pop menu__pop" tabindex="-1">
                <li>{file(query, "csv", "CSV", "for spreadsheets")}</li>
                <li>{file(query, "json", "JSON", "whole entities")}</li>
            </ul>
        </details>
    }
}

fn file(query: &CatalogQuery, format: &str, label: &'static str, note: &'static str) -> AnyView {
    let href = match query.to_query_string().as_str() {
        "" => format!("/catalog/export.{format}"),
        question => format!("/catalog/export.{format}?{question}"),
    };
    view! {
        <a class="opt" href=href rel="external" download=format!("catalog.{format}")>{label}<span class="opt__note">{note}</span></a>
    }
}
