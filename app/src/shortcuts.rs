//! Single keys that act on the page. Dead inside fields and dialogs, and where the visitor has
//! switched them off; the palette's key always works.

#[cfg(feature = "hydrate")]
mod keys;
#[cfg(feature = "hydrate")]
mod rows;

use leptos::html;

use crate::prelude::*;
use crate::ui::icon::Icon;

/// Pages that `g` and a letter lead to.
const PLACES: [(&str, &str, &str); 6] = [
    ("h", "Home", "/"),
    ("c", "Catalog", "/catalog"),
    ("a", "APIs", "/catalog?filters[kind]=api"),
    ("r", "Relations graph", "/catalog-graph"),
    ("p", "Problems", "/problems"),
    ("s", "Settings", "/settings"),
];

const ON_PAGE: [(&str, &str); 7] = [
    ("/", "Filter this page"),
    ("j", "Next row"),
    ("k", "Previous row"),
    ("o", "Open the row"),
    ("s", "Star"),
    ("e", "Edit or view the source"),
    ("?", "Show this sheet"),
];

/// Listens to keys, and holds the sheet that explains them.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let sheet = NodeRef::<html::Dialog>::new();
    #[cfg(feature = "hydrate")]
    keys::listen(sheet);
    let close = move |_| {
        if let Some(sheet) = sheet.get_untracked() {
            sheet.close();
        }
    };
    let places = PLACES
        .map(|(key, name, _)| line(&["g", key], name))
        .collect_view();
    let page = ON_PAGE.map(|(key, what)| line(&[key], what)).collect_view();
    view! {
        <dialog class="dialog keys" node_ref=sheet aria-labelledby="keys-title">
            <div class="dialog__head row row--between">
                <h2 id="keys-title">"Keyboard shortcuts"</h2>
                <button type="button" class="iconbtn iconbtn--md" aria-label="Close" title="Close" on:click=close><Icon name="x"/></button>
            </div>
            <div class="keys__body">
                <section aria-labelledby="keys-page">
                    <h3 id="keys-page">"On a page"</h3>
                    <dl class="keys__list">{page}{line(&["Ctrl", "K"], "Search or jump to")}</dl>
                </section>
                <section aria-labelledby="keys-places">
                    <h3 id="keys-places">"Go to"</h3>
                    <dl class="keys__list">{places}</dl>
                </section>
            </div>
            <p class="dialog__foot muted"><a class="link" href="/settings">"Switch single keys off in the settings"</a></p>
        </dialog>
    }
}

fn line(keys: &[&'static str], what: &'static str) -> impl IntoView + use<> {
    let keys = keys
        .iter()
        .map(|key| view! { <kbd class="kbd">{*key}</kbd> })
        .collect_view();
    view! { <div><dt>{keys}</dt><dd>{what}</dd></div> }
}
