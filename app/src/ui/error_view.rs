//! An error as a person reads it: what, why, what now.

use model::catalog::text::capitalised;

use super::copy::CopyButton;
use super::empty::Empty;
use crate::error::PortalError;
use crate::prelude::*;
use crate::shell::here::{sign_in_href, use_here};

/// In place of what could not be shown.
#[component]
pub fn ErrorView(
    /// What went wrong.
    error: PortalError,
) -> impl IntoView {
    let text = sentence(&error.to_string());
    match error {
        PortalError::Unauthenticated => unauthenticated().into_any(),
        PortalError::NotFound { .. } => {
            view! { <Empty icon="search" title="Not found" text/> }
        }
        PortalError::Forbidden { .. } => {
            view! { <Empty icon="lock" title="You may not see this" text/> }
        }
        PortalError::Invalid { .. } | PortalError::Conflict { .. } => {
            view! { <Empty icon="alert" title="This cannot be done" text/> }
        }
        PortalError::Unavailable { .. } => {
            failed("cloud", "Not available right now", text, None).into_any()
        }
        PortalError::Transport { .. } => {
            let text = "The server did not answer. Nothing was changed.".to_owned();
            failed("cloud", "The portal could not be reached", text, None).into_any()
        }
        PortalError::Internal { request_id } => {
            let text = "The fault is ours. Trying again may help; if it does not, whoever runs the portal finds the reason under this request.".to_owned();
            failed("alert", "This could not be shown", text, Some(request_id)).into_any()
        }
    }
}

fn unauthenticated() -> impl IntoView {
    let here = use_here();
    view! {
        <Empty icon="lock" title="Sign in to see this" text="This portal shows its catalog to people who have signed in.">
            <a class="btn btn--primary" href=move || sign_in_href(&here.get()) rel="nofollow">"Sign in"</a>
        </Empty>
    }
}

/// What may work the next time; the link loads the page anew, with a script or without.
fn failed(
    icon: &'static str,
    title: &'static str,
    text: String,
    request: Option<String>,
) -> impl IntoView {
    let here = use_here();
    let request = request.map(|id| {
        view! {
            <p class="ref">"Request "{id.clone()}<CopyButton text=id label="Copy request id"/></p>
        }
    });
    view! {
        <Empty icon title text>
            {request}
            <a class="btn" href=move || here.get() rel="external">"Try again"</a>
        </Empty>
    }
}

/// Our messages begin in lower case and have no full stop; on a page they are sentences.
fn sentence(message: &str) -> String {
    match capitalised(message).as_str() {
        "" => String::new(),
        message => format!("{message}."),
    }
}
