//! One entity in the table; on phones the same markup is a card.

use model::catalog::page::{
    CatalogQuery, CatalogRow, Column, EVERY_KIND, FieldValue, RefLabel, group,
};

use crate::prelude::*;
use crate::ui::avatar::Avatar;
use crate::ui::badge::{Lifecycle, TierBadge};
use crate::ui::icon::{Icon, KindIcon};
use crate::ui::reference::{OwnerLink, RefLink};
use crate::ui::star::Star;

/// Tags that show in a cell.
const TAGS: usize = 3;

/// A row with the columns' cells.
pub(super) fn row(
    query: &CatalogQuery,
    entity: &CatalogRow,
    columns: &[(Column, String)],
) -> AnyView {
    let cells: Vec<_> = columns
        .iter()
        .map(|(column, class)| {
            let content = match column.id.as_str() {
                "name" => name(query, entity, columns),
                id => cell(query, entity, id),
            };
            view! { <td class=class.clone()>{content}</td> }
        })
        .collect();
    view! {
        <tr data-row="">
            {cells}
            <td class="c-act">{actions(entity)}</td>
        </tr>
    }
}

fn name(query: &CatalogQuery, entity: &CatalogRow, columns: &[(Column, String)]) -> AnyView {
    let icon = match entity.entity_ref.kind() {
        kind @ ("user" | "group") => {
            let (label, person) = (entity.name.clone(), kind == "user");
            Some(view! { <Avatar label person/> })
        }
        _ if query.kind == EVERY_KIND => Some(view! { <KindIcon kind=entity.kind.clone()/> }),
        _ => None,
    };
    let described = columns.iter().any(|(column, _)| column.id == "description");
    let description = entity.description.clone().filter(|_| described);
    let below = description.map(|text| view! { <span class="rowdesc">{text}</span> });
    let orphan = entity.orphan.then(|| {
        view! { <span class="status status--warn" title="No source names it any more"><Icon name="alert"/>"orphan"</span> }
    });
    view! {
        <span class="rowname">
            {icon}
            <a class="rowlink" href=entity.href.clone() title=entity.name.clone()>{entity.name.clone()}</a>
            {orphan}
        </span>
        {below}
        {card(entity)}
    }
}

/// What a phone's card says beside name and description.
fn card(entity: &CatalogRow) -> AnyView {
    let tier = entity.fields.iter().find(|cell| cell.id == "tier");
    let tier = tier.map(|cell| badges(&cell.values));
    let domain = entity.domain.as_ref().map(|domain| domain.label.clone());
    let lifecycle = entity.lifecycle.clone().filter(|word| word != "production");
    let owner = entity.owners.first().cloned();
    view! {
        <span class="cardmeta">
            {tier}
            {domain.map(|domain| view! { <span>{domain}</span> })}
            {lifecycle.map(|value| view! { <Lifecycle value/> })}
            {owner.map(|owner| view! { <OwnerLink owner/> })}
        </span>
    }
}

fn cell(query: &CatalogQuery, entity: &CatalogRow, column: &str) -> AnyView {
    match column {
        "description" => text(entity.description.as_deref()),
        "owner" => owners(&entity.owners),
        "system" => reference(entity.system.as_ref()),
        "domain" => reference(entity.domain.as_ref()),
        "type" => text(entity.spec_type.as_deref()),
        "lifecycle" => lifecycle(entity),
        "namespace" => text(Some(&entity.namespace)),
        "tags" => tags(query, &entity.tags),
        "targets" => text(Some(&entity.targets.join(", "))),
        "kind" => text(Some(&entity.kind)),
        own => field(entity, own),
    }
}

fn text(text: Option<&str>) -> AnyView {
    let text = text.unwrap_or_default().to_owned();
    view! { <span title=text.clone()>{text.clone()}</span> }
}

fn owners(owners: &[RefLabel]) -> AnyView {
    let links = owners
        .iter()
        .map(|owner| view! { <OwnerLink owner=owner.clone()/> });
    links.collect_view().into_any()
}

fn lifecycle(entity: &CatalogRow) -> AnyView {
    let value = entity.lifecycle.clone();
    value.map(|value| view! { <Lifecycle value/> }).into_any()
}

fn reference(label: Option<&RefLabel>) -> AnyView {
    match label {
        Some(label) if label.exists => {
            let title = label.label.clone();
            view! { <a class="tlink above" href=label.href.clone() title=title>{label.label.clone()}</a> }
        }
        Some(label) => {
            view! { <span class="above"><RefLink label=label.clone()/></span> }
        }
        None => ().into_any(),
    }
}

fn tags(query: &CatalogQuery, tags: &[String]) -> AnyView {
    let links: Vec<_> = tags
        .iter()
        .take(TAGS)
        .map(|tag| {
            let href = query.clone().with_values(group::TAGS, std::slice::from_ref(tag)).href();
            let name = format!("Filter by tag {tag}");
            view! { <a class="tag above" href=href rel="nofollow" aria-label=name data-noscroll="">{tag.clone()}</a> }
        })
        .collect();
    let rest = tags.get(TAGS..).filter(|rest| !rest.is_empty());
    let rest = rest.map(|rest| view! { <span class="muted above" title=rest.join(", ")>{format!("+{}", rest.len())}</span> });
    view! { <span class="rowtags">{links}{rest}</span> }
}

fn field(entity: &CatalogRow, id: &str) -> AnyView {
    let cell = entity.fields.iter().find(|cell| cell.id == id);
    let values = cell.map(|cell| cell.values.as_slice()).unwrap_or_default();
    if id == "tier" {
        return badges(values);
    }
    let shown = values.iter().map(|value| match &value.target {
        Some(target) => reference(Some(target)),
        None => text(Some(&value.text)),
    });
    shown.collect_view().into_any()
}

fn badges(tiers: &[FieldValue]) -> AnyView {
    let badge = |tier: &FieldValue| view! { <TierBadge value=tier.text.clone()/> };
    tiers.iter().map(badge).collect_view().into_any()
}

/// What can be done with the entity, from the row.
fn actions(entity: &CatalogRow) -> AnyView {
    let view_name = format!("View source of {}", entity.name);
    let source = match entity.view_url.clone() {
        Some(url) => view! {
            <a class="iconbtn above" href=url rel="external noopener noreferrer" aria-label=view_name title="View source" data-source=""><Icon name="file-code"/></a>
        },
        None => view! {
            <a class="iconbtn above" href=format!("{}/source", entity.href) aria-label=view_name title="View source" data-source=""><Icon name="file-code"/></a>
        },
    };
    let edit = entity.edit_url.clone().map(|url| {
        let name = format!("Edit {}", entity.name);
        view! { <a class="iconbtn above" href=url rel="external noopener noreferrer" aria-label=name title="Edit" data-edit=""><Icon name="edit"/></a> }
    });
    view! {
        <span class="cell-actions">
            <span class="cell-actions__more">{source}{edit}</span>
            <Star entity_ref=entity.entity_ref.clone() label=entity.name.clone()/>
        </span>
    }
}
