//! The About panel: the description, where it is more than the head's line, and the facts.

use super::facts::{Fact, facts};
use crate::catalog::types::EntityDetail;
use crate::prelude::*;

/// The panel, where there is something to say.
pub(super) fn about(detail: &EntityDetail) -> Option<AnyView> {
    let facts = facts(detail);
    let none = facts.is_empty();
    let facts = facts.into_iter().map(Fact::view).collect_view();
    let text = rich_description(detail)
        .map(|html| view! { <div class="prose eabout__text" inner_html=html></div> });
    if none && text.is_none() {
        return None;
    }
    let view = view! {
        <section class="panel" aria-labelledby="e-about">
            <div class="panel__head"><h2 id="e-about">"About"</h2></div>
            <div class="panel__body">
                {text}
                <dl class="facts">{facts}</dl>
            </div>
        </section>
    };
    Some(view)
}

/// The description as the server rendered and sanitised it, unless it is the head's one plain paragraph.
fn rich_description(detail: &EntityDetail) -> Option<String> {
    let html = detail.description_html.as_ref()?;
    let inner = html
        .trim()
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    let plain = inner.is_some_and(|inner| !inner.contains('<'));
    (!plain && !html.trim().is_empty()).then(|| html.clone())
}
