//! What the list says when it has no rows: why, and the first thing to do.

use model::catalog::page::{CatalogPage, CatalogQuery, PersonalFilter};

use super::chips::{Condition, conditions};
use super::words;
use crate::boot::boot;
use crate::prelude::*;
use crate::shell::here::sign_in_href;
use crate::ui::empty::Empty;

/// In place of the table.
pub(super) fn empty(page: &CatalogPage) -> AnyView {
    let query = &page.query;
    let signed_in = boot().user.is_some();
    let conditions = conditions(page);
    if page.total > 0 {
        beyond(page)
    } else if page.kinds.iter().all(|kind| kind.count == 0) {
        nothing_at_all()
    } else if query.user != PersonalFilter::All && !signed_in {
        strangers(query)
    } else if words::is_unknown(page) {
        unknown(page)
    } else if page.total_of_kind == 0 {
        none_of_kind(query)
    } else if conditions.is_empty() {
        none_of_yours(query)
    } else {
        no_match(query, &conditions)
    }
}

fn beyond(page: &CatalogPage) -> AnyView {
    let plural = words::plural(&page.query.kind);
    let text = format!("The list has {} {plural}.", words::number(page.total));
    let href = page.query.clone().with_offset(0).href();
    view! {
        <Empty icon="list" title="The list ends before this page" text>
            <a class="btn" href=href>"First page"</a>
        </Empty>
    }
}

fn nothing_at_all() -> AnyView {
    let text = "Its first reading has not found anything yet. The configuration names the files under catalog.locations; what is wrong with them is on the problems page.";
    view! {
        <Empty icon="component" title="The catalog is empty" text>
            <a class="btn" href="/problems">"Problems"</a>
        </Empty>
    }
}

fn strangers(query: &CatalogQuery) -> AnyView {
    let plural = words::plural(&query.kind);
    let (title, text) = match query.user {
        PersonalFilter::Owned => (
            "Sign in to see what you own",
            format!("These are the {plural} that belong to you or one of your groups."),
        ),
        _ => (
            "Sign in to see your stars",
            format!("These are the {plural} that you have starred."),
        ),
    };
    let next = sign_in_href(&query.href());
    let all = query.clone().with_user(PersonalFilter::All).href();
    view! {
        <Empty icon="lock" title text>
            <span class="row">
                <a class="btn btn--primary" href=next rel="nofollow">"Sign in"</a>
                <a class="btn" href=all>{format!("All {plural}")}</a>
            </span>
        </Empty>
    }
}

fn unknown(page: &CatalogPage) -> AnyView {
    let text = format!(
        "Nothing in the catalog is of a kind called “{}”. These kinds are there:",
        page.query.kind
    );
    let there = page.kinds.iter().filter(|kind| kind.count > 0);
    let links: Vec<_> = there
        .map(|kind| {
            let href = CatalogQuery::of_kind(&kind.kind).href();
            view! { <a class="btn btn--sm" href=href>{words::heading(&kind.kind)}</a> }
        })
        .collect();
    view! {
        <Empty icon="search" title="Unknown kind" text>
            <span class="row empty__kinds">{links}</span>
        </Empty>
    }
}

fn none_of_kind(query: &CatalogQuery) -> AnyView {
    let plural = words::plural(&query.kind);
    let title = format!("No {plural} yet");
    let text = format!("No file that the portal reads describes {plural}.");
    view! {
        <Empty icon="component" title text>
            <a class="btn" href=CatalogQuery::default().href()>"All components"</a>
        </Empty>
    }
}

fn none_of_yours(query: &CatalogQuery) -> AnyView {
    let plural = words::plural(&query.kind);
    let (icon, title, text) = match query.user {
        PersonalFilter::Starred => (
            "star",
            "No stars yet".to_owned(),
            format!(
                "Star the {plural} that you come back to; they are here and in the navigation, on every computer that you use."
            ),
        ),
        _ => (
            "group",
            format!("You own no {plural}"),
            "Nothing here names you or one of your groups as its owner.".to_owned(),
        ),
    };
    let all = query.clone().with_user(PersonalFilter::All).href();
    view! {
        <Empty icon title text>
            <a class="btn" href=all>{format!("All {plural}")}</a>
        </Empty>
    }
}

fn no_match(query: &CatalogQuery, conditions: &[Condition]) -> AnyView {
    let whose = match query.user {
        PersonalFilter::All => "No",
        PersonalFilter::Owned => "None of your owned",
        PersonalFilter::Starred => "None of your starred",
    };
    let phrases: Vec<String> = conditions.iter().map(Condition::phrase).collect();
    let title = format!("{whose} {} match", words::plural(&query.kind));
    let text = format!("Asked for: {}.", phrases.join("; "));
    let cleared = query.clone().cleared().href();
    view! {
        <Empty icon="search" title text>
            <a class="btn" href=cleared data-noscroll="">"Clear filters"</a>
        </Empty>
    }
}
