//! What became of an entity: its revisions, newest first, with what each changed.

use super::address::history_href;
use super::data::Answer;
use super::tab::Tab;
use crate::catalog::types::{
    ChangedLine, EntityDetail, FieldChangeView, History, RevisionEvent, RevisionView,
};
use crate::prelude::*;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::Icon;
use crate::ui::moment::Moment;

/// The tab's content; `before` is the revision that it begins after.
pub(super) fn tab(detail: &EntityDetail, before: Option<i64>, answer: Answer<History>) -> AnyView {
    match answer {
        None => view! { <span class="sk sk--60"></span> },
        Some(Err(error)) => view! { <ErrorView error/> },
        Some(Ok(history)) => panel(detail, before, &history),
    }
}

fn panel(detail: &EntityDetail, before: Option<i64>, history: &History) -> AnyView {
    let items: Vec<AnyView> = history.revisions.iter().map(revision).collect();
    let page = detail.href.as_str();
    let newest = before.map(|_| {
        view! { <a class="more" href=Tab::History.href(page)>"Newest"</a> }
    });
    let earlier = history.earlier.map(|number| {
        view! { <a class="more" href=history_href(page, number)>"Earlier"</a> }
    });
    let foot = (newest.is_some() || earlier.is_some())
        .then(|| view! { <p class="panel__foot">{newest}{earlier}</p> });
    view! {
        <section class="panel" aria-labelledby="e-history">
            <div class="panel__head"><h2 id="e-history">"History"</h2></div>
            <ol class="tl">{items}</ol>
            {foot}
        </section>
    }
}

fn revision(revision: &RevisionView) -> AnyView {
    let (icon, word) = match revision.event {
        RevisionEvent::Appeared => ("plus", "Appeared"),
        RevisionEvent::Changed => ("edit", "Changed"),
        RevisionEvent::Ended => ("x", "Ended"),
        RevisionEvent::Returned => ("undo", "Returned"),
    };
    let by = revision.author.clone().map(|author| format!("by {author}"));
    let commit = revision
        .commit
        .clone()
        .map(|commit| view! { <code>{commit}</code> });
    let place = match &revision.moved_from {
        Some(from) => format!("{from} → {}", revision.file),
        None => revision.file.clone(),
    };
    let changes: Vec<AnyView> = revision.changes.iter().map(change).collect();
    let changes = (!changes.is_empty()).then(|| view! { <dl class="tl__changes">{changes}</dl> });
    view! {
        <li class="tl__item">
            <span class="tl__mark"><Icon name=icon/></span>
            <div class="tl__body">
                <p class="tl__head">
                    <b>{word}</b>" "<Moment at=revision.at.clone()/>
                    <span class="muted">{format!("revision {}", revision.number)}</span>
                    {by}{commit}
                    <code class="muted">{place}</code>
                </p>
                {changes}
            </div>
        </li>
    }
}

fn change(change: &FieldChangeView) -> AnyView {
    let value = if change.lines.is_empty() {
        let before = change
            .before
            .clone()
            .map(|text| view! { <del>{text}</del> });
        let after = change.after.clone().map(|text| view! { <ins>{text}</ins> });
        let arrow = (before.is_some() && after.is_some()).then_some(" → ");
        view! { <dd>{before}{arrow}{after}</dd> }
    } else {
        let lines: Vec<AnyView> = change.lines.iter().map(line).collect();
        view! { <dd><pre class="tl__lines" tabindex="0">{lines}</pre></dd> }
    };
    view! { <div><dt><code>{change.path.clone()}</code></dt>{value}</div> }
}

fn line(line: &ChangedLine) -> AnyView {
    let text = format!("{} {}\n", line.sign, line.text);
    match line.sign {
        '+' => view! { <ins>{text}</ins> },
        '-' => view! { <del>{text}</del> },
        _ => view! { <span>{text}</span> },
    }
}
