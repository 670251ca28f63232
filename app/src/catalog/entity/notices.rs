//! What a reader must know before anything else: that the source no longer names the entity, and what
//! is wrong with it.

use crate::catalog::types::{EntityDetail, ProblemView};
use crate::prelude::*;
use crate::ui::icon::Icon;

/// More problems than this are folded away.
const SHOWN: usize = 3;

/// The notices, nothing where all is well.
pub(super) fn notices(detail: &EntityDetail) -> Option<AnyView> {
    if detail.problems.is_empty() && !detail.orphan {
        return None;
    }
    let orphan = detail.orphan.then(orphan);
    let first = detail
        .problems
        .iter()
        .take(SHOWN)
        .map(problem)
        .collect_view();
    let rest: Vec<AnyView> = detail.problems.iter().skip(SHOWN).map(problem).collect();
    let more = rest.len();
    let rest = (more > 0).then(|| {
        view! { <details class="enotices__more"><summary>{more}" more"</summary><ul class="stack stack--2">{rest}</ul></details> }
    });
    let view = view! {
        <section class="stack stack--2 enotices" id="problems" aria-label="What is wrong">
            {orphan}
            <ul class="stack stack--2">{first}</ul>
            {rest}
        </section>
    };
    Some(view.into_any())
}

fn orphan() -> impl IntoView {
    view! {
        <div class="note note--warn">
            <Icon name="alert"/>
            <div><b>"Orphan."</b>" No location names this entity any more. It stays as it last was until it is named again or removed."</div>
        </div>
    }
}

fn problem(problem: &ProblemView) -> AnyView {
    let (class, icon, word) = if problem.is_error {
        ("note note--bad", "x-circle", "Error: ")
    } else {
        ("note note--warn", "alert", "Warning: ")
    };
    let expected = (!problem.expected.is_empty()).then(
        || view! { <span class="enotices__fix">"Expected: "{problem.expected.clone()}</span> },
    );
    view! {
        <li class=class>
            <Icon name=icon/>
            <div>
                <b><span class="visually-hidden">{word}</span>{problem.message.clone()}</b>
                {expected}
                {place(problem)}
            </div>
        </li>
    }
}

/// `file:line:column`, leading to the line. The link loads the page anew, so that the line is marked.
fn place(problem: &ProblemView) -> Option<AnyView> {
    if problem.file.is_empty() {
        return None;
    }
    let mut place = problem.file.clone();
    for number in [problem.line, problem.column]
        .into_iter()
        .map_while(|number| number)
    {
        place.push_str(&format!(":{number}"));
    }
    let view = match problem.href.clone() {
        Some(href) => {
            view! { <a class="link mono enotices__place" href=href rel="external">{place}</a> }
        }
        None => view! { <span class="mono enotices__place">{place}</span> },
    };
    Some(view)
}
