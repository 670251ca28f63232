//! The star beside an entity's name: a form post, which WebAssembly makes instant.

use leptos::server_fn::ServerFn;
use model::catalog::EntityRef;

use super::icon::Icon;
use crate::identity::api::SetStar;
use crate::prelude::*;
use crate::reactive::memo;
use crate::shell::here::{sign_in_href, use_here};
use crate::stars::use_stars;

/// A toggle for the signed-in user; for others a link to the sign-in page.
#[component]
pub fn Star(
    /// Which entity.
    entity_ref: EntityRef,
    /// Its display name.
    label: String,
) -> impl IntoView {
    let stars = use_stars();
    let name = format!("Star {label}");
    if !stars.signed_in {
        let here = use_here();
        return view! {
            <span class="star-form above"><a class="iconbtn star" href=move || sign_in_href(&here.get()) rel="nofollow" aria-label=name title="Sign in to star">
                <Icon name="star"/>
            </a></span>
        };
    }
    let (shown, waiting) = (entity_ref.clone(), entity_ref.clone());
    let on = memo(move || stars.has(&shown));
    let pending = memo(move || stars.is_pending(&waiting));
    let icon = move || {
        let name = if on.get() { "star-filled" } else { "star" };
        view! { <Icon name/> }
    };
    let reference = entity_ref.to_string();
    view! {
        <form
            class="star-form above"
            method="post"
            action=SetStar::PATH
            on:submit=move |event| {
                event.prevent_default();
                stars.toggle(&entity_ref, &label);
            }
        >
            <input type="hidden" name="entity_ref" value=reference/>
            <input type="hidden" name="on" value=move || (!on.get()).to_string()/>
            <button
                type="submit"
                class="iconbtn star"
                aria-label=name
                aria-pressed=move || on.get().to_string()
                aria-busy=move || pending.get().then_some("true")
                title=move || if on.get() { "Starred" } else { "Star" }
            >
                {move || icon()}
            </button>
        </form>
    }
}
