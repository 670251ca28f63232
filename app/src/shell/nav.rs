//! The navigation at the left: only what exists. On phones it is a sheet, which opens as a
//! popover and so without a script; on wide screens it folds to a rail.

use leptos_router::hooks::use_location;

use super::rail::RailToggle;
use crate::boot::boot;
use crate::identity::types::EntityCard;
use crate::prelude::*;
use crate::stars::use_stars;
use crate::ui::brand::Mark;
use crate::ui::icon::{Icon, KindIcon};

/// Stars that the navigation shows.
const STARS: usize = 8;

struct Entry {
    text: &'static str,
    href: &'static str,
    icon: &'static str,
}

const fn entry(text: &'static str, href: &'static str, icon: &'static str) -> Entry {
    Entry { text, href, icon }
}

const APIS: &str = "/catalog?filters[kind]=api";
const PROBLEMS: &str = "/problems";

const ENTRIES: [Entry; 5] = [
    entry("Home", "/", "home"),
    entry("Catalog", "/catalog", "component"),
    entry("APIs", APIS, "api"),
    entry("Graph", "/catalog-graph", "graph"),
    entry("Problems", PROBLEMS, "alert"),
];

/// The navigation with the visitor's stars.
#[component]
pub fn Nav() -> impl IntoView {
    let boot = boot();
    let errors = boot.problems;
    view! {
        <nav class="nav" id="nav" popover="auto" aria-label="Main">
            <div class="nav__brand">
                <a class="brand" href="/" aria-label=format!("{} home", boot.title)>
                    <Mark class="brand__mark"/>
                    <span class="brand__name">{boot.title.clone()}</span>
                </a>
                <RailToggle/>
                <button type="button" class="iconbtn iconbtn--md only-narrow" popovertarget="nav" popovertargetaction="hide" aria-label="Close navigation">
                    <Icon name="x"/>
                </button>
            </div>
            <ul class="nav__list">
                {ENTRIES.into_iter().map(|entry| view! { <li>{item(entry, errors)}</li> }).collect_view()}
            </ul>
            <Starred/>
            <ul class="nav__list nav__list--end">
                <li>{item(entry("Settings", "/settings", "settings"), 0)}</li>
            </ul>
        </nav>
    }
}

fn item(entry: Entry, errors: u32) -> impl IntoView {
    let count = (entry.href == PROBLEMS && errors > 0).then(|| {
        view! {
            <span class="nav__count nav__count--act">{errors}<span class="visually-hidden">" errors"</span></span>
        }
    });
    view! {
        <a class="nav__item" href=entry.href title=entry.text aria-current=current(entry.href)>
            <Icon name=entry.icon/>
            <span class="nav__text">{entry.text}</span>
            {count}
        </a>
    }
}

fn current(href: &'static str) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static {
    let location = use_location();
    move || {
        let (path, search) = (location.pathname.get(), location.search.get());
        is_current(href, &path, &search).then_some("page")
    }
}

/// An entity's page belongs to the catalog; the list of one kind with an entry to that entry.
fn is_current(href: &str, path: &str, search: &str) -> bool {
    let apis = search.contains("filters[kind]=api") || search.contains("filters%5Bkind%5D=api");
    let list = path == "/catalog";
    match href {
        APIS => list && apis,
        "/catalog" => (list && !apis) || path.starts_with("/catalog/"),
        _ => path == href,
    }
}

#[component]
fn Starred() -> impl IntoView {
    let stars = use_stars();
    move || {
        let cards = stars.cards();
        let all = (cards.len() > STARS).then(|| {
            view! {
                <li>
                    <a class="nav__item nav__item--sub" href="/catalog?filters[kind]=all&filters[user]=starred">
                        <Icon name="star"/>
                        <span class="nav__text">"All starred"</span>
                        <span class="nav__count">{cards.len()}</span>
                    </a>
                </li>
            }
        });
        (!cards.is_empty()).then(|| {
            view! {
                <div class="nav__subs">
                    <p class="nav__label" id="nav-starred">"Starred"</p>
                    <ul class="nav__list" aria-labelledby="nav-starred">
                        {cards.iter().take(STARS).map(starred).collect_view()}
                        {all}
                    </ul>
                </div>
            }
        })
    }
}

fn starred(card: &EntityCard) -> impl IntoView + use<> {
    let label = card.entity.label.clone();
    view! {
        <li>
            <a class="nav__item nav__item--sub" href=card.entity.href.clone() title=label.clone()>
                <KindIcon kind=card.entity.entity_ref.kind().to_owned()/>
                <span class="nav__text">{label.clone()}</span>
            </a>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::is_current;

    #[test]
    fn one_entry_is_current() {
        let of = |path: &str, search: &str| -> Vec<&str> {
            super::ENTRIES
                .iter()
                .filter(|entry| is_current(entry.href, path, search))
                .map(|entry| entry.text)
                .collect()
        };
        assert_eq!(of("/", ""), ["Home"]);
        assert_eq!(of("/catalog", "filters[kind]=domain"), ["Catalog"]);
        assert_eq!(of("/catalog", "filters%5Bkind%5D=api"), ["APIs"]);
        assert_eq!(of("/catalog/default/api/x", ""), ["Catalog"]);
        assert_eq!(of("/catalog-graph", ""), ["Graph"]);
        assert_eq!(of("/sign-in", ""), [""; 0]);
    }
}
