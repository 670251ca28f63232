//! The relations graph as SVG, drawn from coordinates that the server laid out. On the server complete
//! and at its natural size; the browser adds zoom and navigation without loading the page anew.

mod canvas;
mod fit;
mod length;
mod list;

use leptos::html;

use super::graph::{GraphPicture, GraphQuery};
use crate::prelude::*;
use crate::reactive::effect;
use crate::ui::icon::Icon;

/// One step of the zoom buttons.
const STEP: f64 = 1.25;
/// The least zoom, at which names are no longer read but the shape is seen.
const LEAST: f64 = 0.25;
/// The largest zoom.
const MOST: f64 = 3.0;
/// What stands beside and above a picture that fills the window, in CSS pixels.
const AROUND: (f64, f64) = (32.0, 250.0);

/// A relations graph with zoom and a table of the same. On a phone and on paper the table stands in the
/// picture's place, and on a phone a checkbox, which needs no script, shows the picture.
///
/// Where `around` is given a click on a node makes it the root; otherwise, and with Shift, a click opens
/// its page.
#[component]
pub fn GraphView(
    /// What is drawn.
    picture: GraphPicture,
    /// What the graph shows, in words.
    #[prop(into)]
    label: String,
    /// The state of the page that the graph is on.
    #[prop(optional_no_strip)]
    around: Option<GraphQuery>,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let zoom = RwSignal::new(1.0_f64);
    let natural = (
        f64::from(picture.width.max(1.0)),
        f64::from(picture.height.max(1.0)),
    );
    let alternative = list::alternative(&picture);
    let left_out = picture.left_out;
    #[cfg(feature = "hydrate")]
    show_root(frame, &picture);
    let svg = canvas::canvas(&picture, &label, around.as_ref(), zoom);
    view! {
        {(left_out > 0).then(|| view! {
            <p class="note gview__note"><Icon name="info"/><span>{left_out_text(left_out)}</span></p>
        })}
        <div class="gview">
            <label class="btn gfold"><input type="checkbox" class="check"/>"Show graph"</label>
            <div class="gscroll" tabindex="0" role="region" aria-label=label node_ref=frame>
                {svg}
            </div>
            <div class="gview__foot">
                <div class="grow">{alternative}</div>
                <ZoomButtons frame zoom natural/>
            </div>
        </div>
    }
}

fn left_out_text(count: u32) -> String {
    let things = if count == 1 {
        "entity is"
    } else {
        "entities are"
    };
    format!(
        "{count} more {things} left out. Choose kinds or relations, or a smaller depth, to see the rest."
    )
}

/// Smaller, larger, all of it: only where a script can answer them.
#[component]
fn ZoomButtons(
    frame: NodeRef<html::Div>,
    zoom: RwSignal<f64>,
    natural: (f64, f64),
) -> impl IntoView {
    let hidden = RwSignal::new(true);
    effect(move || hidden.set(false));
    let step = move |by: f64| zoom.update(|zoom| *zoom = (*zoom * by).clamp(LEAST, MOST));
    let fit = move |_| {
        let height = window()
            .inner_height()
            .ok()
            .and_then(|height| height.as_f64());
        if let (Some(frame), Some(height)) = (frame.get(), height) {
            let wide = (f64::from(frame.client_width()) - AROUND.0) / natural.0;
            let high = (height - AROUND.1) / natural.1;
            zoom.set(wide.min(high).clamp(LEAST, 1.0));
        }
    };
    let percent = move || format!("{} %", length::rounded(zoom.get() * 100.0));
    view! {
        <div class="gzoom" role="group" aria-label="Zoom" hidden=hidden>
            <button type="button" class="iconbtn" aria-label="Zoom out" title="Zoom out" on:click=move |_| step(1.0 / STEP)>
                <Icon name="minus"/>
            </button>
            <output class="tnum">{move || percent()}</output>
            <button type="button" class="iconbtn" aria-label="Zoom in" title="Zoom in" on:click=move |_| step(STEP)>
                <Icon name="plus"/>
            </button>
            <button type="button" class="btn btn--ghost btn--sm" title="Show all of it" on:click=fit>"Fit"</button>
        </div>
    }
}

/// Scrolls sideways until the first root stands in the middle.
#[cfg(feature = "hydrate")]
fn show_root(frame: NodeRef<html::Div>, picture: &GraphPicture) {
    let Some(centre) = picture
        .nodes
        .iter()
        .find(|node| node.root)
        .map(|node| (node.x + node.width / 2.0, node.y + node.height / 2.0))
    else {
        return;
    };
    effect(move || {
        if let Some(frame) = frame.get() {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a scroll offset is whole pixels"
            )]
            let (x, y) = (centre.0 as i32, centre.1 as i32);
            frame.set_scroll_left(x - frame.client_width() / 2);
            frame.set_scroll_top(y - frame.client_height() / 2);
        }
    });
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
