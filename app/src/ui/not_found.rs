//! What an address without a page shows.

use leptos::prelude::*;

use crate::shell::{Crumb, PageFrame};

/// The page for an unknown address; sets the status 404 on the server.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <PageFrame title="Not found" crumbs=vec![Crumb::here("Not found")]>
            <h1>"There is no page at this address"</h1>
            <p class="soft">
                "It may have been mistyped, or it was moved. "
                <a class="link link--prose" href="/">"Go to the home page"</a>
            </p>
        </PageFrame>
    }
}
