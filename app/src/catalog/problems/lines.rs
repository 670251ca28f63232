//! The problems of one file.

use super::Shown;
use crate::catalog::types::{FileProblems, ProblemView};
use crate::order;
use crate::prelude::*;
use crate::ui::copy::CopyButton;
use crate::ui::icon::Icon;
use crate::ui::path::Path;
use crate::ui::reference::RefLink;

/// A file with those of its problems that are shown, errors first; nothing if there are none.
pub(super) fn file(file: &FileProblems, shown: Shown) -> Option<AnyView> {
    let problems = file.problems.iter();
    let problems = problems.filter(|problem| shown.takes(problem.is_error));
    let problems = order::by_key(problems, |problem| {
        (!problem.is_error, problem.line, problem.column)
    });
    let count = problems.len();
    let noun = if count == 1 { "problem" } else { "problems" };
    (count > 0).then(|| {
        let lines = problems.into_iter().map(line).collect_view();
        view! {
            <section class="panel problems">
                <div class="panel__head">
                    <Icon name="file-code"/>
                    <h2 class="mono problems__file"><Path text=file.file.clone()/></h2>
                    <CopyButton text=file.file.clone() label="Copy path"/>
                    <span class="push count">{count}" "{noun}</span>
                </div>
                <ul>{lines}</ul>
            </section>
        }
    })
}

fn line(problem: &ProblemView) -> impl IntoView + use<> {
    let (class, icon, word) = if problem.is_error {
        ("status status--bad", "x-circle", "Error")
    } else {
        ("status status--warn", "alert", "Warning")
    };
    let expected = (!problem.expected.is_empty()).then(|| {
        view! { <p class="problems__fix"><span class="muted">"Expected: "</span>{problem.expected.clone()}</p> }
    });
    let entity = problem
        .entity
        .clone()
        .map(|label| view! { <RefLink label/> });
    view! {
        <li class="problems__line" data-row>
            <span class=class><Icon name=icon/>{word}</span>
            <div class="problems__what">
                <p>{problem.message.clone()}</p>
                {expected}
            </div>
            <div class="problems__where">{place(problem)}{entity}</div>
        </li>
    }
}

/// `file.yaml:12:5`: a link to the line where there is a page for it.
fn place(problem: &ProblemView) -> AnyView {
    let name = problem.file.rsplit('/').next().unwrap_or(&problem.file);
    let at = match (problem.line, problem.column) {
        (Some(line), Some(column)) => format!("{name}:{line}:{column}"),
        (Some(line), None) => format!("{name}:{line}"),
        _ => name.to_owned(),
    };
    match problem.href.clone() {
        Some(href) => {
            let rel = (!href.starts_with('/')).then_some("external noopener noreferrer");
            view! { <a class="link mono problems__place" href=href rel=rel>{at}</a> }
        }
        None => view! { <span class="mono soft problems__place">{at}</span> },
    }
}
