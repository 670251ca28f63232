//! A query as hidden form fields, so that a GET form carries the state that it does not change.

use model::catalog::page::{CatalogQuery, pairs};

use crate::prelude::*;

/// The fields.
pub(super) fn hidden(query: &CatalogQuery) -> AnyView {
    pairs(&query.to_query_string())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
        .into_any()
}
