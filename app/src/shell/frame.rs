//! One page: its title, its breadcrumb in the top bar, its content.

use super::arrival::arrive;
use super::topbar::TopBar;
use crate::prelude::*;
use crate::ui::document::Title;

/// One step of the breadcrumb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub(super) label: String,
    pub(super) href: Option<String>,
}

impl Crumb {
    /// A step that leads somewhere.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: Some(href.into()),
        }
    }

    /// The page itself.
    pub fn here(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: None,
        }
    }
}

/// A page in its frame.
#[component]
pub fn PageFrame(
    /// For the browser's tab.
    #[prop(into)]
    title: String,
    /// From the top to this page.
    crumbs: Vec<Crumb>,
    /// Text that is read in lines rather than scanned in columns.
    #[prop(optional)]
    narrow: bool,
    /// The page.
    children: Children,
) -> impl IntoView {
    arrive();
    let class = if narrow { "page page--narrow" } else { "page" };
    view! {
        <Title text=title/>
        <TopBar crumbs/>
        <main class=class id="main" tabindex="-1">{children()}</main>
    }
}
