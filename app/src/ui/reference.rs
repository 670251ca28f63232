//! Links to entities.

use model::catalog::page::RefLabel;

use super::avatar::Avatar;
use super::icon::{Icon, KindIcon};
use crate::prelude::*;

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
        <a class="ent reflink" href=label.href title=title>
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
    if !owner.exists {
        let title = format!("{} is not in the catalog", owner.entity_ref);
        return view! {
            <a class="owner owner--missing above" href=owner.href title=title>
                <Icon name="alert" small=true/>
                <span>{owner.label}<span class="visually-hidden">" (does not exist)"</span></span>
            </a>
        };
    }
    view! {
        <a class="owner above" href=owner.href title=owner.label.clone()>
            <Avatar label=owner.label.clone() person/>
            <span>{owner.label.clone()}</span>
        </a>
    }
}
