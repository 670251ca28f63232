//! The head of an entity's page: who it is, in what state, and what can be done.

use model::catalog::page::{CatalogQuery, RefLabel, group};

use super::menu::menu;
use super::words::{counted, is_external, loadable};
use crate::catalog::types::EntityDetail;
use crate::prelude::*;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::badge::{Lifecycle, TierBadge};
use crate::ui::copy::CopyButton;
use crate::ui::icon::{Icon, KindIcon};
use crate::ui::reference::OwnerLink;
use crate::ui::star::Star;

/// The head.
pub(super) fn head(detail: &EntityDetail) -> impl IntoView + use<> {
    let description = detail
        .description
        .clone()
        .map(|text| view! { <p class="phead__sub clamp-2" title=text.clone()>{text.clone()}</p> });
    view! {
        <div class="phead ehead">
            {portrait(detail)}
            <div class="phead__main">
                <div class="phead__row">
                    <h1>{detail.title.clone()}</h1>
                    <Star entity_ref=detail.entity_ref.clone() label=detail.title.clone()/>
                </div>
                {description}
                <div class="phead__meta">{meta(detail)}</div>
            </div>
            <div class="phead__actions">{actions(detail)}</div>
        </div>
    }
}

/// Groups and people by their avatar, everything else by its kind.
fn portrait(detail: &EntityDetail) -> AnyView {
    let kind = detail.entity_ref.kind();
    let profile = detail.profile.as_ref();
    let picture = loadable(profile.and_then(|profile| profile.picture.clone()));
    match (kind, picture) {
        ("user" | "group", Some(picture)) => {
            view! { <img class="ehead__picture" src=picture alt="" width="44" height="44" referrerpolicy="no-referrer"/> }
        }
        ("user" | "group", None) => {
            view! { <span><Avatar label=detail.title.clone() person=kind == "user" size=AvatarSize::Large/></span> }
        }
        _ => {
            view! { <span class="kindicon kindicon--lg"><KindIcon kind=detail.kind.clone()/></span> }
        }
    }
}

fn meta(detail: &EntityDetail) -> impl IntoView + use<> {
    let reference = detail.entity_ref.to_string();
    let owners = detail.owners.iter().map(owner).collect_view();
    let tier = detail
        .fields
        .iter()
        .filter(|field| field.cell.id == "tier")
        .filter_map(|field| Some(field.cell.values.first()?.text.clone()))
        .next()
        .map(|value| view! { <TierBadge value/> });
    let spec_type = detail.spec_type.as_ref().map(|value| {
        let query = CatalogQuery::of_kind(detail.entity_ref.kind());
        let href = query
            .with_values(group::TYPE, std::slice::from_ref(value))
            .href();
        let title = detail.type_title.as_ref().unwrap_or(value).clone();
        view! { <a class="ehead__fact" href=href>{title}</a> }
    });
    let namespace = Some(detail.namespace.clone())
        .filter(|namespace| !namespace.eq_ignore_ascii_case("default"))
        .map(|namespace| view! { <span>"In "{namespace}</span> });
    let lifecycle = detail
        .lifecycle
        .clone()
        .map(|value| view! { <Lifecycle value/> });
    view! {
        <span class="ref"><span class="ehead__ref">{reference.clone()}</span><CopyButton text=reference label="Copy reference"/></span>
        {owners}
        {tier}
        {spec_type}
        {lifecycle}
        {namespace}
        {validity(detail)}
    }
}

fn owner(owner: &RefLabel) -> impl IntoView + use<> {
    view! { <OwnerLink owner=owner.clone()/> }
}

/// Whether something is wrong with it, and the way to what.
fn validity(detail: &EntityDetail) -> AnyView {
    let href = format!("{}#problems", detail.href);
    let count = detail.problems.len();
    if count == 0 {
        return view! { <span class="status status--ok"><Icon name="check-circle"/>"Catalog file valid"</span> };
    }
    let is_error = detail.problems.iter().any(|problem| problem.is_error);
    let (class, icon) = if is_error {
        ("status status--bad ehead__fact", "x-circle")
    } else {
        ("status status--warn ehead__fact", "alert")
    };
    view! { <a class=class href=href><Icon name=icon/>{counted(count, "problem")}</a> }
}

fn actions(detail: &EntityDetail) -> impl IntoView + use<> {
    let edit = detail
        .edit_url
        .clone()
        .map(|href| link("Edit", "edit", href));
    view! {
        {link("View source", "file-code", detail.view_url.clone())}
        {edit}
        {menu(detail)}
    }
}

fn link(text: &'static str, icon: &'static str, href: String) -> impl IntoView {
    let external = is_external(&href);
    // The key `e` follows the first, else the second.
    let (edit, source) = match icon {
        "edit" => (Some(""), None),
        _ => (None, Some("")),
    };
    view! {
        <a class="btn" href=href rel=external.then_some("external noopener noreferrer") data-edit=edit data-source=source>
            <Icon name=icon/>
            {text}
            {external.then(|| view! { <Icon name="external" small=true/> })}
        </a>
    }
}
