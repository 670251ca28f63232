//! The navigation at the left: only what exists.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::boot::boot;
use crate::ui::icon::{Icon, KindIcon};

const ENTRIES: [(&str, &str, &str); 5] = [
    ("Home", "/", "home"),
    ("Catalog", "/catalog", "component"),
    ("APIs", "/catalog?filters[kind]=api", "api"),
    ("Graph", "/catalog-graph", "graph"),
    ("Problems", "/problems", "alert"),
];

/// The navigation with the visitor's stars.
#[component]
pub fn Nav() -> impl IntoView {
    let boot = boot();
    let starred = (!boot.starred.is_empty()).then(|| {
        let links = boot.starred.into_iter().take(8).map(|card| {
            let kind = card.entity.entity_ref.kind().to_owned();
            view! {
                <li><a class="nav__item nav__item--sub" href=card.entity.href><KindIcon kind/><span class="nav__text">{card.entity.label}</span></a></li>
            }
        });
        view! {
            <div class="nav__subs">
                <p class="nav__label" id="nav-starred">"Starred"</p>
                <ul class="nav__list" aria-labelledby="nav-starred">{links.collect_view()}</ul>
            </div>
        }
    });
    view! {
        <nav class="nav" aria-label="Main">
            <div class="nav__brand">
                <a class="brand" href="/"><img src="/logo.svg" alt="" width="22" height="22"/><span class="brand__name">{boot.title}</span></a>
            </div>
            <ul class="nav__list">{ENTRIES.map(|entry| view! { <li>{item(entry)}</li> }).collect_view()}</ul>
            {starred}
        </nav>
    }
}

/// The same entries on a phone, where the navigation has no room: a sheet under the top bar.
#[component]
pub fn NavSheet() -> impl IntoView {
    view! {
        <details class="navsheet">
            <summary class="iconbtn iconbtn--md" aria-label="Navigation"><Icon name="menu"/></summary>
            <nav aria-label="Navigation">
                <ul class="nav__list">{ENTRIES.map(|(text, href, icon)| view! { <li><a class="nav__item" href=href><Icon name=icon/><span class="nav__text">{text}</span></a></li> }).collect_view()}</ul>
            </nav>
        </details>
    }
}

fn item((text, href, icon): (&'static str, &'static str, &'static str)) -> impl IntoView {
    let location = use_location();
    let current = move || {
        let (path, search) = (location.pathname.get(), location.search.get());
        let api = search.contains("kind]=api") || search.contains("kind%5D=api");
        let here = match href.split_once('?') {
            Some((base, _)) => path == base && api,
            None if href == "/catalog" => {
                path.starts_with("/catalog") && path != "/catalog-graph" && !(path == href && api)
            }
            None => path == href,
        };
        here.then_some("page")
    };
    view! {
        <a class="nav__item" href=href title=text aria-current=current>
            <Icon name=icon/>
            <span class="nav__text">{text}</span>
        </a>
    }
}
