//! One page: its title, its breadcrumb in the top bar, its content.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

use super::nav::NavSheet;
use crate::boot::boot;
use crate::identity::api::SignOut;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::icon::Icon;

/// One step of the breadcrumb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    label: String,
    href: Option<String>,
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
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title/>
        <header class="topbar">
            <NavSheet/>
            <nav class="crumbs" aria-label="Breadcrumb">
                <ol>{crumbs.into_iter().map(crumb).collect_view()}</ol>
            </nav>
            <div class="topbar__end">
                <form class="topsearch" action="/catalog" method="get" role="search">
                    <Icon name="search"/>
                    <input type="hidden" name="filters[kind]" value="all"/>
                    <input class="topsearch__input" type="search" name="filters[text]" placeholder="Search the catalog" aria-label="Search the catalog"/>
                </form>
                {account()}
            </div>
        </header>
        <main class="page" id="main" tabindex="-1">{children()}</main>
    }
}

fn crumb(crumb: Crumb) -> impl IntoView {
    match crumb.href {
        Some(href) => view! { <li><a href=href>{crumb.label}</a></li> }.into_any(),
        None => view! { <li><span aria-current="page">{crumb.label}</span></li> }.into_any(),
    }
}

fn account() -> impl IntoView {
    let boot = boot();
    match boot.user {
        Some(user) => {
            view! {
                <a class="me" href=user.user.href aria-label=format!("Account: {}", user.user.label) title=user.user.label.clone()>
                    <Avatar label=user.user.label.clone() person=true size=AvatarSize::Medium/>
                </a>
                <form method="post" action=SignOut::url()>
                    <button type="submit" class="btn btn--ghost btn--sm">"Sign out"</button>
                </form>
            }
            .into_any()
        }
        None if boot.can_sign_in => {
            view! { <a class="btn btn--sm" href="/sign-in" rel="nofollow">"Sign in"</a> }.into_any()
        }
        None => ().into_any(),
    }
}
