//! The text filter: a form, which WebAssembly sends while one types.

use std::time::Duration;

use leptos::html;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::catalog::page::{CatalogPage, CatalogQuery};

use super::hidden::hidden;
use super::words;
use crate::catalog::get_form::follow;
use crate::prelude::*;
use crate::reactive::{Later, effect};
use crate::ui::icon::Icon;

/// The list follows this long after the last key.
const PAUSE: Duration = Duration::from_millis(150);

/// The field and what is typed into it. The field stays the same element while the list changes.
#[derive(Clone, Copy)]
pub(super) struct TextFilter {
    field: NodeRef<html::Input>,
    typed: RwSignal<Option<String>>,
    later: Later,
    /// Texts that the address is going to have because they were typed.
    sent: StoredValue<Vec<String>>,
    /// Whether the address has what was typed before the last key, and nothing else happened.
    typing: StoredValue<bool>,
}

impl TextFilter {
    pub(super) fn new() -> Self {
        Self {
            field: NodeRef::new(),
            typed: RwSignal::new(None),
            later: Later::default(),
            sent: StoredValue::new(Vec::new()),
            typing: StoredValue::new(false),
        }
    }

    /// Keeps address and field the same: what is typed goes into the address, and Back, a chip or
    /// a link changes the field.
    pub(super) fn follow(self, query: Memo<CatalogQuery>) {
        let navigate = use_navigate();
        effect(move || {
            let Some(text) = self.typed.get() else { return };
            let now = query.get_untracked();
            let next = now.clone().with_text(&text);
            if next.text != now.text {
                self.sent.update_value(|sent| sent.push(next.text.clone()));
                let options = NavigateOptions {
                    // The first key is a step of the history, the others are the same one.
                    replace: self.typing.get_value(),
                    scroll: false,
                    ..NavigateOptions::default()
                };
                self.typing.set_value(true);
                navigate(&next.href(), options);
            }
        });
        Effect::new(move |before: Option<String>| {
            let text = query.with(|query| query.text.clone());
            let changed = before.is_some_and(|before| before != text);
            let typed = changed && self.was_typed(&text);
            self.typing.set_value(typed);
            if changed && !typed {
                self.show(&text);
            }
            text
        });
    }

    fn was_typed(self, text: &str) -> bool {
        let typed = self.sent.try_update_value(|sent| {
            let at = sent.iter().position(|sent| sent == text)?;
            sent.drain(..=at);
            Some(())
        });
        typed.flatten().is_some()
    }

    fn show(self, text: &str) {
        if let Some(field) = self.field.get_untracked() {
            field.set_value(text);
        }
    }

    /// After a key: waits for the next one, then takes the field as it is by then.
    fn wait(self) {
        self.later.act(PAUSE, move || {
            if let Some(field) = self.field.try_get_untracked() {
                let _gone = self.typed.try_set(field.map(|field| field.value()));
            }
        });
    }

    /// The form; the rest of the state travels in hidden fields.
    pub(super) fn form(self, page: &CatalogPage) -> AnyView {
        let query = &page.query;
        let label = format!("Filter {}", words::plural(&query.kind));
        let rest = query.clone().with_text("");
        view! {
            <form class="listsearch" method="get" action="/catalog" role="search" aria-label=label.clone()
                on:submit=follow(|query| CatalogQuery::from_query_string(query).href())>
                {hidden(&rest)}
                <div class="affix">
                    <Icon name="search"/>
                    <input class="input" type="search" name="filters[text]" value=query.text.clone()
                        placeholder=label.clone() aria-label=label.clone() aria-keyshortcuts="/" autocomplete="off" spellcheck="false"
                        data-page-filter="" node_ref=self.field on:input=move |_| self.wait()/>
                    <kbd class="kbd js-only" aria-hidden="true">"/"</kbd>
                </div>
                <button class="btn nojs-only" type="submit">"Filter"</button>
            </form>
        }
    }
}
