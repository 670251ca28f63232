//! An error as a person reads it: what, why, what now.

use leptos::prelude::*;

use super::empty::Empty;
use crate::error::PortalError;

/// In place of what could not be shown.
#[component]
pub fn ErrorView(
    /// What went wrong.
    error: PortalError,
) -> impl IntoView {
    let text = error.to_string();
    match error {
        PortalError::Unauthenticated => view! {
            <Empty icon="lock" title="Sign in to see this" text="This portal shows its catalog to signed-in people only.">
                <a class="btn btn--primary" href="/sign-in">"Sign in"</a>
            </Empty>
        }
        .into_any(),
        PortalError::NotFound { .. } => view! { <Empty icon="search" title="Not found" text/> }.into_any(),
        PortalError::Forbidden { .. } => view! { <Empty icon="lock" title="Not allowed" text/> }.into_any(),
        _ => view! { <Empty icon="alert" title="This could not be shown" text=format!("{text}. Loading the page again may help.")/> }.into_any(),
    }
}
