//! `/problems`: everything wrong in the catalog, by file. `?severity=` shows errors or warnings.

mod lines;

use leptos_router::hooks::use_query_map;

use super::api::fetch_problems;
use super::types::ProblemList;
use crate::error::PortalError;
use crate::live::use_live;
use crate::prelude::*;
use crate::question::Question;
use crate::reactive::memo;
use crate::shell::{Crumb, PageFrame};
use crate::ui::empty::Empty;
use crate::ui::error_view::ErrorView;
use crate::ui::head::PageHead;

/// Which problems are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    All,
    Errors,
    Warnings,
}

impl Shown {
    fn from_query(severity: Option<String>) -> Self {
        match severity.as_deref() {
            Some("error") => Self::Errors,
            Some("warning") => Self::Warnings,
            _ => Self::All,
        }
    }

    fn href(self) -> &'static str {
        match self {
            Self::All => "/problems",
            Self::Errors => "/problems?severity=error",
            Self::Warnings => "/problems?severity=warning",
        }
    }

    fn takes(self, is_error: bool) -> bool {
        match self {
            Self::All => true,
            Self::Errors => is_error,
            Self::Warnings => !is_error,
        }
    }
}

/// The Problems page.
#[component]
pub fn ProblemsPage() -> impl IntoView {
    let live = use_live();
    let query = use_query_map();
    let shown = memo(move || query.with(|query| Shown::from_query(query.get("severity"))));
    let problems = Question::new(move || live.catalog.get(), |_| fetch_problems());
    view! {
        <PageFrame title="Problems" crumbs=vec![Crumb::here("Problems")]>
            <Transition>
                {move || {
                    let shown = shown.get();
                    Suspend::new(async move { answered(problems.answer().await, shown) })
                }}
            </Transition>
        </PageFrame>
    }
}

fn answered(problems: Result<ProblemList, PortalError>, shown: Shown) -> AnyView {
    match problems {
        Ok(list) => listed(list, shown),
        Err(error) => view! { <PageHead title="Problems"/><ErrorView error/> },
    }
}

fn listed(list: ProblemList, shown: Shown) -> AnyView {
    let total = list.errors + list.warnings;
    let choice = move |what: Shown, text: &'static str, count: u32| {
        let current = (what == shown).then_some("true");
        view! { <a href=what.href() aria-current=current data-noscroll="">{text}" "<span class="num">{count}</span></a> }
    };
    let content = contents(&list, shown);
    view! {
        <PageHead title="Problems" text="What is wrong in the catalog’s files. An error keeps an entity out, or keeps its last good revision; a warning is only shown. A saved file is read again at once.">
            <nav class="seg" aria-label="Severity">
                {choice(Shown::All, "All", total)}
                {choice(Shown::Errors, "Errors", list.errors)}
                {choice(Shown::Warnings, "Warnings", list.warnings)}
            </nav>
        </PageHead>
        {content}
    }
}

fn contents(list: &ProblemList, shown: Shown) -> AnyView {
    let files: Vec<_> = list
        .files
        .iter()
        .filter_map(|file| lines::file(file, shown))
        .collect();
    if !files.is_empty() {
        return view! { <div class="stack">{files}</div> };
    }
    match shown {
        Shown::All => view! {
            <Empty icon="check-circle" title="Nothing is wrong" text="Every catalog file was read, and every entity in it is valid.">
                <a class="btn" href="/catalog">"Open the catalog"</a>
            </Empty>
        },
        Shown::Errors => none(
            "No errors",
            "Every entity in the catalog’s files was accepted.",
        ),
        Shown::Warnings => none("No warnings", "Nothing is in doubt."),
    }
}

fn none(title: &'static str, text: &'static str) -> AnyView {
    view! {
        <Empty icon="check-circle" title text>
            <a class="btn" href=Shown::All.href()>"Show all problems"</a>
        </Empty>
    }
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
