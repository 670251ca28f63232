//! Asks the catalog while one types: after a pause, and only the last question counts.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::catalog::page::{CatalogQuery, EVERY_KIND};
use model::catalog::text::lower_case;

use super::Palette;
use super::items::{Group, Item};
use crate::catalog::api::fetch_page;
use crate::identity::api::fetch_recent;
use crate::order;

/// How long one has to stop typing.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(150);
/// Entities that are shown.
const SHOWN: usize = 8;
/// Entities that are asked for: the list comes by name, the palette shows the nearest names first.
const ASKED: u32 = 50;

/// Starts the search for the palette's text.
pub(super) fn start(palette: Palette) {
    let text = palette.text.get_untracked();
    if text.trim().is_empty() {
        palette.found.set(Vec::new());
        palette.answered.set(true);
        spawn_local(recent(palette));
        return;
    }
    palette.answered.set(false);
    set_timeout(
        move || {
            if palette.text.get_untracked() == text {
                spawn_local(entities(palette, text));
            }
        },
        PAUSE,
    );
}

async fn recent(palette: Palette) {
    // Without an answer the palette still has pages and actions.
    let cards = fetch_recent().await.unwrap_or_default();
    let items = cards.into_iter().map(Item::from).collect();
    show(
        palette,
        "",
        Group {
            title: "Recently visited",
            items,
        },
    );
}

async fn entities(palette: Palette, text: String) {
    let question = CatalogQuery::of_kind(EVERY_KIND)
        .with_text(&text)
        .with_limit(ASKED)
        .to_query_string();
    let rows = fetch_page(question).await.map(|page| page.rows);
    let rows = rows.unwrap_or_default();
    let rows = order::by_key(rows, |row| distance(&row.name, &text));
    let items = rows.into_iter().take(SHOWN).map(Item::from).collect();
    show(
        palette,
        &text,
        Group {
            title: "Catalog",
            items,
        },
    );
}

/// A name that is the text, begins with it, has it somewhere, or only matches otherwise.
fn distance(name: &str, text: &str) -> u8 {
    let (name, text) = (lower_case(name), lower_case(text.trim()));
    match name.find(&text) {
        Some(0) if name == text => 0,
        Some(0) => 1,
        Some(_) => 2,
        None => 3,
    }
}

/// Shows an answer if it is still the one that was asked for.
fn show(palette: Palette, text: &str, group: Group) {
    if palette.text.get_untracked().trim() != text.trim() {
        return;
    }
    let groups = if group.items.is_empty() {
        Vec::new()
    } else {
        vec![group]
    };
    palette.found.set(groups);
    palette.answered.set(true);
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn the_nearest_name_comes_first() {
        let mut names = ["complaints", "undead", "Dead letters", "dead"];
        names.sort_by_key(|name| distance(name, " Dead"));
        assert_eq!(names, ["dead", "Dead letters", "undead", "complaints"]);
    }
}
