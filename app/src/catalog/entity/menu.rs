//! The menu of an entity's head: other forms of the same thing. A `details` element, so it opens
//! without a script; what only a script can do is shown once there is one.

use super::address::source_href;
use crate::catalog::graph::GraphQuery;
use crate::catalog::types::{EntityDetail, SourceFormat};
use crate::prelude::*;
use crate::reactive::effect;
use crate::ui::copy::write;
use crate::ui::dropdown::{close_on_escape, close_on_leave};
use crate::ui::icon::Icon;

/// What a menu entry puts on the clipboard.
enum Copied {
    /// A text as it is.
    Text(String),
    /// A path of ours, with the portal's own address before it.
    Path(String),
}

impl Copied {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Path(path) => format!("{}{path}", origin()),
        }
    }
}

/// The menu and its button.
pub(super) fn menu(detail: &EntityDetail) -> impl IntoView + use<> {
    let graph = GraphQuery::around(&detail.entity_ref, 1).href();
    let page = detail.href.clone();
    view! {
        <details class="emenu" on:keydown=close_on_escape on:focusout=close_on_leave>
            <summary class="iconbtn iconbtn--md iconbtn--line" aria-label="More actions" title="More actions"><Icon name="more"/></summary>
            <ul class="pop emenu__pop" tabindex="-1">
                <CopyEntry label="Copy reference" copied=Copied::Text(detail.entity_ref.to_string())/>
                <CopyEntry label="Copy link to this page" copied=Copied::Path(page.clone())/>
                {entry("graph", "Open in graph", graph)}
                {entry("file-code", "Show as YAML", source_href(&page, SourceFormat::Yaml))}
                {entry("file-code", "Show as JSON", source_href(&page, SourceFormat::Json))}
            </ul>
        </details>
    }
}

fn entry(icon: &'static str, label: &'static str, href: String) -> impl IntoView {
    view! { <li><a class="opt" href=href><Icon name=icon/>{label}</a></li> }
}

#[component]
fn CopyEntry(label: &'static str, copied: Copied) -> impl IntoView {
    let live = RwSignal::new(false);
    let done = RwSignal::new(false);
    effect(move || live.set(true));
    let icon = move || if done.get() { "check" } else { "copy" };
    let text = move || if done.get() { "Copied" } else { label };
    view! {
        <li hidden=move || !live.get()>
            <button type="button" class="opt" on:click=move |_| done.set(write(&copied.text()))>
                {move || view! { <Icon name=icon()/> }}
                <span role="status">{move || text().to_owned()}</span>
            </button>
        </li>
    }
}

/// The portal's address as the browser knows it; the server copies nothing.
fn origin() -> String {
    #[cfg(feature = "hydrate")]
    return window().location().origin().unwrap_or_default();
    #[cfg(not(feature = "hydrate"))]
    String::new()
}
