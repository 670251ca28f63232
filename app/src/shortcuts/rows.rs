//! The cursor over the rows of a page: elements with `data-row`, each with one main link.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

const CURSOR: &str = "is-cursor";

/// Moves the cursor by one row; whether the page has rows.
pub(super) fn step(by: i32) -> bool {
    let rows = all();
    let Ok(count) = i32::try_from(rows.len()) else {
        return false;
    };
    if count == 0 {
        return false;
    }
    let at = rows.iter().position(is_current);
    let to = match at.and_then(|at| i32::try_from(at).ok()) {
        Some(at) => (at + by).clamp(0, count - 1),
        None if by > 0 => 0,
        None => count - 1,
    };
    for (row, index) in rows.iter().zip(0..) {
        // Only a class name with a space in it is refused.
        let _set = row.class_list().toggle_with_force(CURSOR, index == to);
        if index == to {
            focus_link(row);
        }
    }
    true
}

/// Follows the link of the current row.
pub(super) fn open() -> bool {
    let link = current().and_then(|row| link(&row));
    link.is_some_and(|link| {
        link.click();
        true
    })
}

/// Presses the first of these controls in the current row, else on the page.
pub(super) fn press(selectors: &[&str]) -> bool {
    let row = current();
    let found = selectors.iter().find_map(|selector| match &row {
        Some(row) => row.query_selector(selector).ok().flatten(),
        None => main().and_then(|main| main.query_selector(selector).ok().flatten()),
    });
    let control = found.and_then(|control| control.dyn_into::<HtmlElement>().ok());
    control.is_some_and(|control| {
        control.click();
        true
    })
}

fn all() -> Vec<Element> {
    let Ok(rows) = document().query_selector_all("[data-row]") else {
        return Vec::new();
    };
    (0..rows.length())
        .filter_map(|index| rows.get(index)?.dyn_into().ok())
        .collect()
}

/// The row with the focus, else the one with the cursor.
fn current() -> Option<Element> {
    let focused = document()
        .active_element()
        .and_then(|element| element.closest("[data-row]").ok().flatten());
    focused.or_else(|| all().into_iter().find(has_cursor))
}

fn is_current(row: &Element) -> bool {
    current().is_some_and(|current| current == *row)
}

fn has_cursor(row: &Element) -> bool {
    row.class_list().contains(CURSOR)
}

fn link(row: &Element) -> Option<HtmlElement> {
    let link = row.query_selector(".rowlink, a").ok().flatten();
    link.and_then(|link| link.dyn_into().ok())
}

fn focus_link(row: &Element) {
    if let Some(link) = link(row) {
        // A link that cannot take the focus leaves it where it is.
        let _focused = link.focus();
    }
}

fn main() -> Option<Element> {
    document().get_element_by_id("main")
}
