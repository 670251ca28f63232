//! The palette: one field that finds entities, pages and actions. A modal dialog that only a
//! script opens; without one the search in the top bar does the finding.

mod items;
mod list;
mod search;

use leptos::ev::KeyboardEvent;
use leptos::html;

use self::items::{Act, Group, Item};
use crate::boot::boot;
use crate::preferences::use_preferences;
use crate::prelude::*;
use crate::reactive::memo;
use crate::ui::icon::Icon;

/// The id of the list, for the field that controls it.
const LIST: &str = "palette-list";

/// Opens the palette.
#[derive(Clone, Copy)]
pub struct Palette {
    dialog: NodeRef<html::Dialog>,
    field: NodeRef<html::Input>,
    text: RwSignal<String>,
    /// What the catalog has found for the text, and how the visitor got around before.
    found: RwSignal<Vec<Group>>,
    /// Whether the catalog has answered for the text as it is now.
    answered: RwSignal<bool>,
    chosen: RwSignal<usize>,
}

/// Provides the palette.
pub fn provide_palette() -> Palette {
    let palette = Palette {
        dialog: NodeRef::new(),
        field: NodeRef::new(),
        text: RwSignal::new(String::new()),
        found: RwSignal::new(Vec::new()),
        answered: RwSignal::new(true),
        chosen: RwSignal::new(0),
    };
    provide_context(palette);
    palette
}

/// The page's palette.
#[must_use]
pub fn use_palette() -> Palette {
    use_context().unwrap_or_else(provide_palette)
}

impl Palette {
    /// Opens it, empty, over the page.
    pub fn open(self) {
        let Some(dialog) = self.dialog.get_untracked() else {
            return;
        };
        if dialog.open() || dialog.show_modal().is_err() {
            return;
        }
        self.ask(String::new());
        if let Some(field) = self.field.get_untracked() {
            field.set_value("");
        }
    }

    /// Closes it; the browser gives the focus back to where it was.
    fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    fn ask(self, text: String) {
        self.chosen.set(0);
        self.text.set(text);
        search::start(self);
    }

    /// Everything that is offered for the text, by group.
    fn groups(self) -> Vec<Group> {
        let text = self.text.get();
        let signed_in = boot().user.is_some();
        let mut groups = self.found.get();
        groups.extend(items::fixed(&text, signed_in));
        groups
    }

    fn move_to(self, index: usize) {
        self.chosen.set(index);
        list::scroll_to(index);
    }
}

/// The dialog; once in the document, behind every page.
#[component]
pub fn PaletteDialog() -> impl IntoView {
    let palette = use_palette();
    let groups = memo(move || palette.groups());
    let count = memo(move || {
        groups.with(|groups| groups.iter().map(|group| group.items.len()).sum::<usize>())
    });
    let run = runner(palette);
    let keys = {
        let run = run.clone();
        move |event: KeyboardEvent| {
            on_key(
                palette,
                &event,
                count.get_untracked(),
                &groups.get_untracked(),
                &run,
            );
        }
    };
    view! {
        <dialog class="dialog palette" node_ref=palette.dialog aria-label="Search or jump to" on:click=move |event| close_outside(palette, &event)>
            <div class="palette__in">
                <Icon name="search"/>
                <input
                    node_ref=palette.field
                    role="combobox"
                    aria-expanded="true"
                    aria-controls=LIST
                    aria-activedescendant=move || (count.get() > 0).then(|| list::id(palette.chosen.get()))
                    aria-autocomplete="list"
                    aria-label="Search the catalog, pages and actions"
                    placeholder="Search or jump to…"
                    autocomplete="off"
                    spellcheck="false"
                    on:input=move |event| palette.ask(event_target_value(&event))
                    on:keydown=keys
                />
                <kbd class="kbd" aria-hidden="true">"Esc"</kbd>
            </div>
            <div class="palette__list" role="listbox" id=LIST aria-label="Results">
                {move || list::groups(palette, &groups.get(), &run)}
            </div>
            {move || (count.get() == 0).then(|| nothing(palette.answered.get()))}
            {foot(palette, count)}
        </dialog>
    }
}

/// Without an answer nobody knows that there is nothing.
fn nothing(answered: bool) -> impl IntoView {
    if answered {
        view! { <p class="palette__none muted">"Nothing has these words in its name, title, description or tags."</p> }
    } else {
        view! { <p class="palette__none muted late">"Searching…"</p> }
    }
}

fn foot(palette: Palette, count: Memo<usize>) -> impl IntoView {
    let results = move || match count.get() {
        0 if !palette.answered.get() => String::new(),
        0 => "No results".to_owned(),
        1 => "1 result".to_owned(),
        count => format!("{count} results"),
    };
    view! {
        <div class="palette__foot">
            <span class="only-wide"><kbd class="kbd"><Icon name="arrow-up"/></kbd><kbd class="kbd"><Icon name="arrow-down"/></kbd>" move"</span>
            <span class="only-wide"><kbd class="kbd"><Icon name="enter"/></kbd>" open"</span>
            <span class="only-wide"><kbd class="kbd">"Ctrl"</kbd><kbd class="kbd"><Icon name="enter"/></kbd>" new tab"</span>
            <span class="push" role="status">{move || results()}</span>
        </div>
    }
}

/// What happens to the item that is taken; `true` opens it in a new tab.
type Run = std::sync::Arc<dyn Fn(&Act, bool) + Send + Sync>;

fn runner(palette: Palette) -> Run {
    let preferences = use_preferences();
    let navigate = leptos_router::hooks::use_navigate();
    std::sync::Arc::new(move |act: &Act, new_tab: bool| {
        palette.close();
        match act {
            Act::Go(href) if new_tab => {
                // A browser that blocks it shows its own sign.
                let _tab = window().open_with_url_and_target(href, "_blank");
            }
            Act::Go(href) => navigate(href, leptos_router::NavigateOptions::default()),
            Act::SwitchTheme => preferences.toggle_theme(),
            Act::SignOut => submit(crate::shell::SIGN_OUT),
        }
    })
}

fn submit(form: &str) {
    use leptos::wasm_bindgen::JsCast;
    let form = document().get_element_by_id(form);
    if let Some(form) =
        form.and_then(|form| form.dyn_into::<leptos::web_sys::HtmlFormElement>().ok())
    {
        // The form has nothing that could be invalid.
        let _sent = form.request_submit();
    }
}

fn on_key(palette: Palette, event: &KeyboardEvent, count: usize, groups: &[Group], run: &Run) {
    let at = palette.chosen.get_untracked();
    let last = count.saturating_sub(1);
    let to = match event.key().as_str() {
        "ArrowDown" if at >= last => 0,
        "ArrowDown" => at + 1,
        "ArrowUp" if at == 0 => last,
        "ArrowUp" => at - 1,
        "Home" => 0,
        "End" => last,
        "Enter" => {
            event.prevent_default();
            let item: Option<&Item> = groups.iter().flat_map(|group| &group.items).nth(at);
            if let Some(item) = item {
                run(&item.act, event.ctrl_key() || event.meta_key());
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    palette.move_to(to);
}

/// A click beside the palette lands on the dialog itself.
fn close_outside(palette: Palette, event: &leptos::ev::MouseEvent) {
    use leptos::wasm_bindgen::JsCast;
    let dialog = palette.dialog.get_untracked();
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<leptos::web_sys::Element>().ok());
    if let (Some(dialog), Some(target)) = (dialog, target) {
        let dialog: &leptos::web_sys::Element = &dialog;
        if *dialog == target {
            palette.close();
        }
    }
}
