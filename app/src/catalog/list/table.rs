//! The table of entities: a row is one link, a header sorts.

use leptos::prelude::*;
use model::catalog::page::{CatalogPage, CatalogQuery, CatalogRow, Column};

use super::words;
use crate::ui::badge::{Lifecycle, TierBadge};
use crate::ui::icon::{Icon, KindIcon};
use crate::ui::reference::{OwnerLink, RefLink};
use crate::ui::star::Star;

pub(super) fn table(page: &CatalogPage) -> AnyView {
    let caption = format!(
        "{}, sorted by {}",
        words::title(page),
        page.query.sort.column
    );
    let head = page
        .columns
        .iter()
        .map(|column| header(&page.query, column));
    let rows = page.rows.iter().map(|row| line(row, &page.columns));
    view! {
        <table class="table table--cards table--catalog">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>{head.collect_view()}<th scope="col" class="c-actions"><span class="visually-hidden">"Actions"</span></th></tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn header(query: &CatalogQuery, column: &Column) -> AnyView {
    let class = class_of(&column.id);
    if !column.sortable {
        return view! { <th scope="col" class=class>{column.title.clone()}</th> }.into_any();
    }
    let sorted = query.sort.column == column.id;
    let (order, icon) = match (sorted, query.sort.descending) {
        (false, _) => (None, "chevrons-up-down"),
        (true, false) => (Some("ascending"), "arrow-up"),
        (true, true) => (Some("descending"), "arrow-down"),
    };
    let href = query.clone().with_sort(&column.id).href();
    view! {
        <th scope="col" class=class aria-sort=order>
            <a class="sort" href=href>{column.title.clone()}<Icon name=icon/></a>
        </th>
    }
    .into_any()
}

fn class_of(column: &str) -> &'static str {
    match column {
        "name" => "c-name",
        "description" => "col-desc",
        "tier" => "c-tier col-md",
        "owner" | "domain" => "col-md",
        _ => "col-lg",
    }
}

fn line(row: &CatalogRow, columns: &[Column]) -> AnyView {
    let cells = columns.iter().map(|column| {
        view! { <td class=class_of(&column.id)>{cell(row, &column.id)}</td> }
    });
    view! {
        <tr data-row>
            {cells.collect_view()}
            <td class="c-actions"><span class="row">{actions(row)}</span></td>
        </tr>
    }
    .into_any()
}

fn actions(row: &CatalogRow) -> impl IntoView + use<> {
    let edit = row.edit_url.clone().map(|url| {
        view! { <a class="iconbtn above" href=url aria-label=format!("Edit {}", row.name)><Icon name="edit"/></a> }
    });
    let view_url = row
        .view_url
        .clone()
        .unwrap_or_else(|| format!("{}/source", row.href));
    view! {
        <a class="iconbtn above" href=view_url aria-label=format!("View source of {}", row.name)><Icon name="file-code"/></a>
        {edit}
        <Star entity_ref=row.entity_ref.clone() label=row.name.clone()/>
    }
}

fn cell(row: &CatalogRow, column: &str) -> AnyView {
    match column {
        "name" => name(row),
        "description" => words_of(row.description.as_ref()),
        "owner" => row
            .owners
            .iter()
            .map(|owner| view! { <OwnerLink owner=owner.clone()/> })
            .collect_view()
            .into_any(),
        "system" => reference(row.system.as_ref()),
        "domain" => reference(row.domain.as_ref()),
        "type" => words_of(row.spec_type.as_ref()),
        "lifecycle" => row
            .lifecycle
            .clone()
            .map(|value| view! { <Lifecycle value/> })
            .into_any(),
        "namespace" => row.namespace.clone().into_any(),
        "tags" => row
            .tags
            .iter()
            .map(|tag| view! { <span class="tag">{tag.clone()}</span> })
            .collect_view()
            .into_any(),
        "targets" => row.targets.join(", ").into_any(),
        "kind" => row.kind.clone().into_any(),
        own => field(row, own),
    }
}

fn name(row: &CatalogRow) -> AnyView {
    let below = row
        .description
        .clone()
        .map(|text| view! { <span class="rowdesc">{text}</span> });
    view! {
        <a class="rowlink" href=row.href.clone() title=row.name.clone()>
            <span class="row"><KindIcon kind=row.kind.clone()/><span class="truncate">{row.name.clone()}</span></span>
        </a>
        {below}
    }
    .into_any()
}

fn words_of(text: Option<&String>) -> AnyView {
    let text = text.cloned().unwrap_or_default();
    view! { <span class="truncate" title=text.clone()>{text.clone()}</span> }.into_any()
}

fn reference(label: Option<&model::catalog::page::RefLabel>) -> AnyView {
    label
        .cloned()
        .map(|label| view! { <span class="above"><RefLink label/></span> })
        .into_any()
}

fn field(row: &CatalogRow, id: &str) -> AnyView {
    let cell = row.fields.iter().find(|cell| cell.id == id);
    let values = cell.map(|cell| cell.values.clone()).unwrap_or_default();
    if id == "tier" {
        return values
            .into_iter()
            .map(|value| view! { <TierBadge value/> })
            .collect_view()
            .into_any();
    }
    values.join(", ").into_any()
}
