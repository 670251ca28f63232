//! The overview's side: profile, groups, owners, links, labels. Each is there only where it has something to say.

use model::catalog::page::RefLabel;

use crate::catalog::types::{EntityDetail, Profile};
use crate::prelude::*;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::icon::Icon;
use crate::ui::reference::{OwnerLink, RefLink};

/// The panels.
pub(super) fn side(detail: &EntityDetail) -> Vec<AnyView> {
    [
        profile(detail),
        groups(detail),
        owners(detail),
        links(detail),
        labels(detail),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn related(detail: &EntityDetail, relation: &str) -> Vec<RefLabel> {
    let groups = detail
        .relations
        .iter()
        .filter(|group| group.relation == relation);
    groups
        .flat_map(|group| group.targets.iter().map(|related| related.target.clone()))
        .collect()
}

/// A group's or a person's profile: address, and of a group its parent.
fn profile(detail: &EntityDetail) -> Option<AnyView> {
    let kind = detail.entity_ref.kind();
    let profile: Profile = detail.profile.clone().unwrap_or_default();
    let email = profile.email.map(|email| {
        let href = format!("mailto:{email}");
        view! { <a class="tlink" href=href>{email}</a> }
    });
    let name = profile
        .display_name
        .filter(|name| *name != detail.title)
        .map(IntoAny::into_any);
    let mut facts = vec![
        ("Name", name),
        ("E-mail", Some(email.unwrap_or_else(|| quiet("No e-mail")))),
    ];
    match kind {
        "group" => facts.push((
            "Parent group",
            Some(references(related(detail, "childOf"), "No parent group")),
        )),
        "user" => {}
        _ => return None,
    }
    let facts = facts
        .into_iter()
        .filter_map(|(term, value)| {
            value.map(|value| view! { <div><dt>{term}</dt><dd>{value}</dd></div> })
        })
        .collect_view();
    Some(panel(
        "e-profile",
        "Profile",
        view! { <div class="panel__body"><dl class="kv">{facts}</dl></div> },
    ))
}

/// The groups of a person.
fn groups(detail: &EntityDetail) -> Option<AnyView> {
    if !detail.entity_ref.is_kind("user") {
        return None;
    }
    let groups = related(detail, "memberOf");
    let content = if groups.is_empty() {
        view! { <p class="panel__body muted">"Member of no group"</p> }
    } else {
        let items = groups
            .into_iter()
            .map(|label| view! { <li><RefLink label/></li> })
            .collect_view();
        view! { <ul class="egroups__list">{items}</ul> }
    };
    Some(panel("e-groups", "Groups", content))
}

/// Who owns it, by avatar. Of groups and people the page itself says who they are.
fn owners(detail: &EntityDetail) -> Option<AnyView> {
    if detail.owners.is_empty() {
        return None;
    }
    let rows = detail.owners.iter().map(owner).collect_view();
    Some(panel(
        "e-owners",
        "Ownership",
        view! { <div class="panel__body eowners">{rows}</div> },
    ))
}

fn owner(owner: &RefLabel) -> AnyView {
    if !owner.exists {
        return view! { <p><OwnerLink owner=owner.clone()/></p> };
    }
    let person = owner.entity_ref.is_kind("user");
    view! {
        <a class="ownrow" href=owner.href.clone()>
            <Avatar label=owner.label.clone() person size=AvatarSize::Large/>
            <span class="epeople__text"><b>{owner.label.clone()}</b><small class="mono truncate">{owner.entity_ref.to_string()}</small></span>
            <Icon name="chevron-right"/>
        </a>
    }
}

fn quiet(text: &'static str) -> AnyView {
    view! { <span class="muted">{text}</span> }
}

fn references(labels: Vec<RefLabel>, none: &'static str) -> AnyView {
    if labels.is_empty() {
        return quiet(none);
    }
    labels
        .into_iter()
        .map(|label| view! { <RefLink label/> })
        .collect_view()
        .into_any()
}

fn links(detail: &EntityDetail) -> Option<AnyView> {
    if detail.links.is_empty() {
        return None;
    }
    let items = detail
        .links
        .iter()
        .map(|link| {
            view! {
                <li>
                    <a href=link.url.clone() rel="external noopener noreferrer" title=link.url.clone()>
                        <span class="ent"><Icon name=link.icon.clone()/><b>{link.title.clone()}</b></span>
                        <span class="muted plist__k">{host(&link.url)}</span>
                        <span class="muted"><Icon name="arrow-up-right" small=true/></span>
                    </a>
                </li>
            }
        })
        .collect_view();
    Some(panel(
        "e-links",
        "Links",
        view! { <ul class="plist">{items}</ul> },
    ))
}

/// The host of a URL, for the reader to see where it leads.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn labels(detail: &EntityDetail) -> Option<AnyView> {
    if detail.labels.is_empty() {
        return None;
    }
    let items = detail
        .labels
        .iter()
        .map(|(key, value)| view! { <div><dt title=key.clone()>{key.clone()}</dt><dd><span class="truncate" title=value.clone()>{value.clone()}</span></dd></div> })
        .collect_view();
    Some(panel(
        "e-labels",
        "Labels",
        view! { <div class="panel__body"><dl class="kv elabels">{items}</dl></div> },
    ))
}

fn panel(id: &'static str, title: &'static str, content: impl IntoView + 'static) -> AnyView {
    view! {
        <section class="panel" aria-labelledby=id>
            <div class="panel__head"><h2 id=id>{title}</h2></div>
            {content}
        </section>
    }
}
