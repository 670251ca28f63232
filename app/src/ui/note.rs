//! A remark in the page: an icon, what is the case, what to do.

use super::icon::Icon;
use crate::prelude::*;

/// How serious a remark is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Done.
    Ok,
    /// Something is not as it should be.
    Warn,
    /// Something failed.
    Bad,
}

impl Tone {
    /// The icon that stands for it in notes and toasts.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Ok => "check-circle",
            Self::Warn => "alert",
            Self::Bad => "x-circle",
        }
    }

    /// The suffix of its class.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A remark.
#[component]
pub fn Note(
    /// How serious it is.
    #[prop(optional)]
    tone: Tone,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("note note--{}", tone.suffix())>
            <Icon name=tone.icon()/>
            <div>{children()}</div>
        </div>
    }
}
