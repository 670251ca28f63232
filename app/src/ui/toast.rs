//! Short messages at the lower right: what was done, or what failed and how to try again.

use std::sync::Arc;
use std::time::Duration;

use super::icon::Icon;
use super::note::Tone;
use crate::prelude::*;

/// How long a message stays that asks for nothing.
const SHOWN: Duration = Duration::from_secs(6);

/// What a message offers to do.
pub type Retry = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    id: u32,
    /// A message keeps its place when it goes, so that the others stay as they are.
    open: ArcRwSignal<bool>,
    tone: Tone,
    title: String,
    text: String,
    retry: Option<Retry>,
}

/// The messages of this page.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            last: StoredValue::new(0),
        }
    }
}

/// The messages of this page.
#[must_use]
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_default()
}

impl Toasts {
    /// Says that something was done; goes by itself.
    pub fn done(self, title: impl Into<String>) {
        let id = self.push(Tone::Ok, title.into(), String::new(), None);
        set_timeout(move || self.dismiss(id), SHOWN);
    }

    /// Says that something failed, until it is dismissed or tried again.
    pub fn failed(self, title: impl Into<String>, text: impl Into<String>, retry: Option<Retry>) {
        self.push(Tone::Bad, title.into(), text.into(), retry);
    }

    fn push(self, tone: Tone, title: String, text: String, retry: Option<Retry>) -> u32 {
        self.last.update_value(|last| *last += 1);
        let id = self.last.get_value();
        self.list.update(|list| {
            if !list.iter().any(|toast| toast.open.get_untracked()) {
                list.clear();
            }
            list.push(Toast {
                id,
                open: ArcRwSignal::new(true),
                tone,
                title,
                text,
                retry,
            });
        });
        id
    }

    fn dismiss(self, id: u32) {
        self.list.with_untracked(|list| {
            if let Some(toast) = list.iter().find(|toast| toast.id == id) {
                toast.open.set(false);
            }
        });
    }
}

/// The place where messages appear; a polite live region from the first paint on.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {move || toasts.list.get().into_iter().map(|toast| place(toasts, toast)).collect_view()}
        </div>
    }
}

fn place(toasts: Toasts, toast: Toast) -> AnyView {
    let open = toast.open.clone();
    (move || open.get().then(|| shown(toasts, toast.clone()))).into_any()
}

fn shown(toasts: Toasts, toast: Toast) -> impl IntoView {
    let id = toast.id;
    let retry = toast.retry.map(|retry| {
        let again = move |_| {
            toasts.dismiss(id);
            retry();
        };
        view! { <button type="button" class="btn btn--sm" on:click=again><Icon name="retry"/>"Retry"</button> }
    });
    view! {
        <div class=format!("toast toast--{}", toast.tone.suffix())>
            <Icon name=toast.tone.icon()/>
            <div class="toast__text">
                {toast.title}
                {(!toast.text.is_empty()).then(|| view! { <span>{toast.text}</span> })}
            </div>
            {retry}
            <button type="button" class="iconbtn" aria-label="Dismiss" title="Dismiss" on:click=move |_| toasts.dismiss(id)>
                <Icon name="x"/>
            </button>
        </div>
    }
}
