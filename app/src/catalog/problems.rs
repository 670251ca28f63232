//! `/problems`: everything wrong in the catalog, by file.

use leptos::prelude::*;

use super::api::fetch_problems;
use super::types::{FileProblems, ProblemList, ProblemView};
use crate::live::use_live;
use crate::shell::{Crumb, PageFrame};
use crate::ui::empty::Empty;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::Icon;
use crate::ui::reference::RefLink;

/// The Problems page.
#[component]
pub fn ProblemsPage() -> impl IntoView {
    let live = use_live();
    let problems = Resource::new_blocking(move || live.catalog.get(), |_| fetch_problems());
    view! {
        <PageFrame title="Problems" crumbs=vec![Crumb::here("Problems")]>
            <h1>"Problems"</h1>
            <Transition>
                {move || Suspend::new(async move {
                    match problems.await {
                        Ok(list) => listed(list),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        </PageFrame>
    }
}

fn listed(list: ProblemList) -> AnyView {
    if list.files.is_empty() {
        return view! {
            <Empty icon="check-circle" title="Nothing is wrong" text="Every catalog file was read, and every entity in it is valid."/>
        }
        .into_any();
    }
    view! {
        <p class="soft">{format!("{} errors and {} warnings in {} files", list.errors, list.warnings, list.files.len())}</p>
        <div class="stack">{list.files.into_iter().map(file).collect_view()}</div>
    }
    .into_any()
}

fn file(file: FileProblems) -> impl IntoView {
    view! {
        <section class="panel">
            <div class="panel__head"><h2 class="mono">{file.file}</h2></div>
            <ul class="panel__body stack">{file.problems.into_iter().map(problem).collect_view()}</ul>
        </section>
    }
}

fn problem(problem: ProblemView) -> impl IntoView {
    let place = match (problem.line, problem.column) {
        (Some(line), Some(column)) => format!("{line}:{column}"),
        (Some(line), None) => line.to_string(),
        _ => "file".to_owned(),
    };
    let place = match problem.href {
        Some(href) => view! { <a class="link mono" href=href>{place}</a> }.into_any(),
        None => view! { <span class="mono">{place}</span> }.into_any(),
    };
    let (class, icon, word) = if problem.is_error {
        ("status status--bad", "x-circle", "Error")
    } else {
        ("status status--warn", "alert", "Warning")
    };
    let expected = (!problem.expected.is_empty())
        .then(|| view! { <p class="soft">"Expected: "{problem.expected}</p> });
    view! {
        <li class="stack stack--2">
            <span class="row row--wrap">
                <span class=class><Icon name=icon/>{word}</span>
                {place}
                <span>{problem.message}</span>
                {problem.entity.map(|label| view! { <RefLink label/> })}
            </span>
            {expected}
        </li>
    }
}
