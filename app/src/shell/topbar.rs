//! The bar above a page: breadcrumb, search, theme, account.

use leptos::ev::MouseEvent;

use super::account::Account;
use super::frame::Crumb;
use super::theme::ThemeToggle;
use crate::palette::use_palette;
use crate::prelude::*;
use crate::ui::icon::Icon;

/// The bar of one page.
#[component]
pub fn TopBar(
    /// From the top to this page.
    crumbs: Vec<Crumb>,
) -> impl IntoView {
    view! {
        <header class="topbar">
            <button type="button" class="iconbtn iconbtn--md only-narrow" popovertarget="nav" aria-label="Open navigation">
                <Icon name="menu"/>
            </button>
            <nav class="crumbs" aria-label="Breadcrumb">
                <ol>{crumbs.into_iter().map(crumb).collect_view()}</ol>
            </nav>
            <div class="topbar__end">
                <Search/>
                <ThemeToggle/>
                <Account/>
            </div>
        </header>
    }
}

fn crumb(crumb: Crumb) -> AnyView {
    match crumb.href {
        Some(href) => view! { <li><a href=href>{crumb.label}</a></li> },
        None => {
            view! { <li title=crumb.label.clone()><span aria-current="page">{crumb.label.clone()}</span></li> }
        }
    }
}

/// A search of the whole catalog; with a script a click opens the palette in its place.
#[component]
fn Search() -> impl IntoView {
    let palette = use_palette();
    let open = move |event: MouseEvent| {
        event.prevent_default();
        palette.open();
    };
    view! {
        <form class="topsearch" action="/catalog" method="get" role="search" aria-label="Portal">
            <button type="submit" class="topsearch__go" aria-label="Search" title="Search" on:click=open><Icon name="search"/></button>
            <input type="hidden" name="filters[kind]" value="all"/>
            <input
                class="topsearch__input"
                type="search"
                name="filters[text]"
                placeholder="Search or jump to…"
                aria-label="Search the catalog"
                aria-keyshortcuts="Control+K Meta+K"
                autocomplete="off"
                on:click=open
            />
            <kbd class="kbd js-only" aria-hidden="true">"Ctrl K"</kbd>
        </form>
    }
}
