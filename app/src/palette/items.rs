//! What the palette offers: what the catalog found, where one was, pages, actions.

use model::catalog::page::CatalogRow;
use model::catalog::text::lower_case;

use crate::identity::types::EntityCard;
use crate::ui::icon::kind_icon;

/// What taking an item does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Goes to a page of ours.
    Go(String),
    /// The other of light and dark.
    SwitchTheme,
    /// Ends the session.
    SignOut,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) icon: &'static str,
    pub(super) name: String,
    pub(super) text: String,
    pub(super) meta: String,
    pub(super) act: Act,
}

/// Lines under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) title: &'static str,
    pub(super) items: Vec<Item>,
}

impl From<CatalogRow> for Item {
    fn from(row: CatalogRow) -> Self {
        Self {
            icon: kind_icon(row.entity_ref.kind()),
            name: row.name,
            text: row.description.unwrap_or_default(),
            meta: row.kind,
            act: Act::Go(row.href),
        }
    }
}

impl From<EntityCard> for Item {
    fn from(card: EntityCard) -> Self {
        Self {
            icon: kind_icon(card.entity.entity_ref.kind()),
            name: card.entity.label,
            text: card.description.unwrap_or_default(),
            meta: card.kind,
            act: Act::Go(card.entity.href),
        }
    }
}

/// Name, what it is, icon, address of every page.
const PAGES: [(&str, &str, &str, &str); 6] = [
    ("Home", "Starred, recent, what you own", "home", "/"),
    (
        "Catalog",
        "Everything, with filters",
        "component",
        "/catalog",
    ),
    (
        "APIs",
        "The catalog's APIs",
        "api",
        "/catalog?filters[kind]=api",
    ),
    ("Graph", "Who depends on whom", "graph", "/catalog-graph"),
    (
        "Problems",
        "Everything wrong in the catalog",
        "alert",
        "/problems",
    ),
    (
        "Settings",
        "Theme, time zone, shortcuts",
        "settings",
        "/settings",
    ),
];

/// Pages and actions with the text in their name or description.
pub(super) fn fixed(text: &str, signed_in: bool) -> Vec<Group> {
    let text = lower_case(text.trim());
    let pages = PAGES
        .map(|(name, what, icon, href)| item(icon, name, what, "Page", Act::Go(href.to_owned())));
    let mut actions = vec![item(
        "moon",
        "Switch theme",
        "Light or dark",
        "Action",
        Act::SwitchTheme,
    )];
    if signed_in {
        actions.push(item("log-out", "Sign out", "", "Action", Act::SignOut));
    } else {
        let act = Act::Go("/sign-in".to_owned());
        actions.push(item("log-in", "Sign in", "", "Action", act));
    }
    [("Go to", pages.to_vec()), ("Actions", actions)]
        .into_iter()
        .filter_map(|(title, items)| matching(title, items, &text))
        .collect()
}

fn matching(title: &'static str, items: Vec<Item>, text: &str) -> Option<Group> {
    let has = |words: &str| lower_case(words).contains(text);
    let items: Vec<Item> = items
        .into_iter()
        .filter(|item| has(&item.name) || has(&item.text))
        .collect();
    (!items.is_empty()).then_some(Group { title, items })
}

fn item(icon: &'static str, name: &str, text: &str, meta: &str, act: Act) -> Item {
    Item {
        icon,
        name: name.to_owned(),
        text: text.to_owned(),
        meta: meta.to_owned(),
        act,
    }
}

/// A name before, in and after the first place where it has the text.
pub(super) fn hit<'a>(name: &'a str, text: &str) -> (&'a str, &'a str, &'a str) {
    let text = lower_case(text.trim());
    let lower = lower_case(name);
    let found = (!text.is_empty() && lower.len() == name.len())
        .then(|| lower.find(&text))
        .flatten();
    let parts = found.and_then(|start| {
        let end = start + text.len();
        Some((name.get(..start)?, name.get(start..end)?, name.get(end..)?))
    });
    parts.unwrap_or((name, "", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_actions_are_found_by_name_and_by_what_they_are() {
        let titles = |text, signed_in| -> Vec<String> {
            fixed(text, signed_in)
                .into_iter()
                .flat_map(|group| group.items)
                .map(|item| item.name)
                .collect()
        };
        assert_eq!(titles("depends", false), ["Graph"]);
        assert_eq!(titles("THEME", true), ["Settings", "Switch theme"]);
        assert_eq!(titles("sign", true), ["Sign out"]);
        assert_eq!(titles("sign", false), ["Sign in"]);
        assert_eq!(titles("no such thing", true), [""; 0]);
    }

    #[test]
    fn the_hit_is_marked_and_never_splits_a_letter() {
        assert_eq!(hit("Dead-letter", "dead"), ("", "Dead", "-letter"));
        assert_eq!(hit("dead-letter", "LETTER "), ("dead-", "letter", ""));
        assert_eq!(hit("dead-letter", ""), ("dead-letter", "", ""));
        assert_eq!(hit("İstanbul", "bul"), ("İstanbul", "", ""));
    }
}
