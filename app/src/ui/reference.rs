//! Links to entities.

use leptos::prelude::*;
use model::catalog::page::RefLabel;

use super::avatar::Avatar;
use super::icon::{Icon, KindIcon};

/// An entity by its icon and name. One that does not exist says so.
#[component]
pub fn RefLink(
    /// Name and link.
    label: RefLabel,
) -> impl IntoView {
    let kind = label.entity_ref.kind().to_owned();
    let title = label.entity_ref.to_string();
    let missing = (!label.exists)
        .then(|| view! { <span class="status status--warn"><Icon name="alert"/>"missing"</span> });
    view! {
        <a class="row reflink" href=label.href title=title>
            <KindIcon kind/>
            <span class="truncate">{label.label}</span>
            {missing}
        </a>
    }
}

/// An owner by avatar and name.
#[component]
pub fn OwnerLink(
    /// Name and link.
    owner: RefLabel,
) -> impl IntoView {
    let person = owner.entity_ref.is_kind("user");
    let missing = (!owner.exists).then(
        || view! { <Icon name="alert"/><span class="visually-hidden">"does not exist"</span> },
    );
    view! {
        <a class="owner above" href=owner.href>
            <Avatar label=owner.label.clone() person/>
            <span>{owner.label}</span>
            {missing}
        </a>
    }
}
