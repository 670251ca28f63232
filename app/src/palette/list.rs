//! The palette's lines.

use super::items::{Group, Item, hit};
use super::{Palette, Run};
use crate::prelude::*;
use crate::ui::icon::Icon;

/// The id of a line, by its place in the whole list.
pub(super) fn id(index: usize) -> String {
    format!("palette-{index}")
}

/// All lines under their headings.
pub(super) fn groups(palette: Palette, groups: &[Group], run: &Run) -> AnyView {
    let mut first = 0;
    let mut views = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        views.push(one(palette, number, first, group, run));
        first += group.items.len();
    }
    views.into_any()
}

fn one(palette: Palette, number: usize, first: usize, group: &Group, run: &Run) -> AnyView {
    let heading = format!("palette-group-{number}");
    let text = palette.text.get_untracked();
    let lines = group
        .items
        .iter()
        .enumerate()
        .map(|(offset, item)| line(palette, first + offset, item, &text, run))
        .collect_view();
    view! {
        <ul role="group" aria-labelledby=heading.clone()>
            <li class="palette__group" id=heading.clone() role="presentation">{group.title}</li>
            {lines}
        </ul>
    }
}

fn line(
    palette: Palette,
    index: usize,
    item: &Item,
    text: &str,
    run: &Run,
) -> impl IntoView + use<> {
    let chosen = move || palette.chosen.get() == index;
    let (before, inside, after) = hit(&item.name, text);
    let (before, inside, after) = (before.to_owned(), inside.to_owned(), after.to_owned());
    let (run, act) = (run.clone(), item.act.clone());
    let take = move |event: leptos::ev::MouseEvent| run(&act, event.ctrl_key() || event.meta_key());
    view! {
        <li class="pitem" role="option" id=id(index) aria-selected=move || chosen().to_string() on:click=take on:mousemove=move |_| palette.chosen.set(index)>
            <Icon name=item.icon/>
            <span class="pitem__name">{before}<span class="hit">{inside}</span>{after}</span>
            <span class="pitem__desc">{item.text.clone()}</span>
            <span class="pitem__meta">
                {item.meta.clone()}
                {move || chosen().then(|| view! { <kbd class="kbd"><Icon name="enter"/></kbd> })}
            </span>
        </li>
    }
}

/// Brings a line into view.
#[cfg(feature = "hydrate")]
pub(super) fn scroll_to(index: usize) {
    if let Some(element) = document().get_element_by_id(&id(index)) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The server shows no line.
#[cfg(not(feature = "hydrate"))]
pub(super) fn scroll_to(_index: usize) {}
