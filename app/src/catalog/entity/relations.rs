//! Relations in words: short lists by type on the overview, one table on their own tab.

use super::tab::Tab;
use crate::catalog::types::{EntityDetail, RelatedEntity, RelationGroup};
use crate::prelude::*;
use crate::ui::empty::Empty;
use crate::ui::reference::RefLink;

/// More targets than this are left to the tab.
const SHOWN: usize = 8;

/// Whether the overview shows a relation in another place: as a fact, as ownership, as members.
fn has_own_place(kind: &str, relation: &str) -> bool {
    match kind {
        "group" => matches!(relation, "ownerOf" | "hasMember" | "childOf"),
        "user" => matches!(relation, "ownerOf" | "memberOf"),
        _ => relation == "ownedBy",
    }
}

/// A short list for each type of relation.
pub(super) fn groups(detail: &EntityDetail) -> Option<AnyView> {
    let kind = detail.entity_ref.kind();
    let panels: Vec<AnyView> = detail
        .relations
        .iter()
        .filter(|group| !group.targets.is_empty() && !has_own_place(kind, &group.relation))
        .map(|group| short_list(detail, group))
        .collect();
    (!panels.is_empty()).then(|| view! { <div class="egroups">{panels}</div> })
}

fn short_list(detail: &EntityDetail, group: &RelationGroup) -> AnyView {
    let id = format!("e-{}", slug(&group.relation));
    let count = group.targets.len();
    let all = format!(
        "{}#{}",
        Tab::Relations.href(&detail.href),
        slug(&group.relation)
    );
    let more = (count > SHOWN).then(|| view! { <p class="panel__foot"><a class="more" href=all.clone()>{format!("All {count}")}</a></p> });
    let items = group
        .targets
        .iter()
        .take(SHOWN)
        .map(|related| {
            view! {
                <li>
                    <RefLink label=related.target.clone()/>
                    <span class="muted egroups__type">{related.type_title.clone()}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby=id.clone()>
            <div class="panel__head"><h2 id=id.clone()>{group.label.clone()}" "<a class="count" href=all>{count}</a></h2></div>
            <ul class="egroups__list">{items}</ul>
            {more}
        </section>
    }
}

/// A relation type as an element's id. Types come from people, so everything unusual becomes a dash.
fn slug(relation: &str) -> String {
    relation
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect()
}

/// The relations tab.
pub(super) fn tab(detail: &EntityDetail) -> AnyView {
    let shown = detail.relations.iter();
    let shown = shown.filter(|group| !group.targets.is_empty());
    let groups: Vec<AnyView> = shown.map(rows).collect();
    if groups.is_empty() {
        return view! {
            <Empty icon="graph" title="No relations" text="Nothing in the catalog is related to it. An owner, a system or a dependency in its catalog file appears here."/>
        };
    }
    view! {
        <table class="table table--inset table--cards t-rel">
            <caption class="visually-hidden">"Relations"</caption>
            <thead>
                <tr>
                    <th scope="col" class="c-name">"Name"</th>
                    <th scope="col" class="c-type">"Type"</th>
                    <th scope="col" class="col-desc">"Description"</th>
                </tr>
            </thead>
            {groups}
        </table>
    }
}

/// A type of relation with its targets.
fn rows(group: &RelationGroup) -> AnyView {
    let id = slug(&group.relation);
    let rows = group.targets.iter().map(row).collect_view();
    view! {
        <tbody>
            <tr class="t-rel__group"><th scope="rowgroup" colspan="3" id=id>{group.label.clone()}" "<span class="count">{group.targets.len()}</span></th></tr>
            {rows}
        </tbody>
    }
}

fn row(related: &RelatedEntity) -> impl IntoView + use<> {
    let description = related.description.clone();
    view! {
        <tr>
            <td class="c-name">
                <RefLink label=related.target.clone()/>
                {description.clone().map(|text| view! { <span class="rowdesc">{text}</span> })}
            </td>
            <td class="c-type c-meta">{related.type_title.clone()}</td>
            <td class="col-desc" title=description.clone()>{description.clone()}</td>
        </tr>
    }
}
