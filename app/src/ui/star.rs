//! The star beside an entity's name: a form post, which WebAssembly makes instant.

use leptos::form::ActionForm;
use leptos::prelude::*;
use model::catalog::EntityRef;

use super::icon::Icon;
use crate::boot::use_stars;
use crate::identity::api::SetStar;

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
        return view! {
            <a class="star" href="/sign-in" aria-label=name title="Sign in to star"><Icon name="star"/></a>
        }
        .into_any();
    }
    let action = ServerAction::<SetStar>::new();
    stars.follow(action, entity_ref.clone());
    let (asked, shown) = (entity_ref.clone(), entity_ref.clone());
    let on = Memo::new(move |_| stars.has(&shown));
    let icon = move || {
        let name = if on.get() { "star-filled" } else { "star" };
        view! { <Icon name/> }
    };
    view! {
        <ActionForm action=action attr:class="star-form above">
            <input type="hidden" name="entity_ref" value=entity_ref.to_string()/>
            <input type="hidden" name="on" value=move || (!on.get()).to_string()/>
            <button
                type="submit"
                class="star"
                aria-label=name
                aria-pressed=move || on.get().to_string()
                on:click=move |_| stars.expect(&asked)
            >
                {icon}
            </button>
        </ActionForm>
    }
    .into_any()
}
