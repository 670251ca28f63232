//! Going from page to page: a bar while it takes long, and words for those who do not see it.

#[cfg(feature = "hydrate")]
use super::here::use_here;
#[cfg(feature = "hydrate")]
use super::scroll::Scroll;
use crate::prelude::*;
#[cfg(feature = "hydrate")]
use crate::reactive::effect;

/// Where the visitor is, and what was said about it.
#[derive(Clone, Copy)]
struct Arrivals {
    said: RwSignal<String>,
    /// Whether a page was built that nobody has been told of.
    #[cfg(feature = "hydrate")]
    news: RwSignal<bool>,
    /// The path of the last page; nothing before the first.
    #[cfg(feature = "hydrate")]
    path: StoredValue<Option<String>>,
    /// The path of the page before.
    #[cfg(feature = "hydrate")]
    from: StoredValue<Option<String>>,
    #[cfg(feature = "hydrate")]
    scroll: Scroll,
}

/// Provides what [`arrive`] and [`Announcer`] share.
pub fn provide_arrivals() {
    let arrivals = Arrivals {
        said: RwSignal::new(String::new()),
        #[cfg(feature = "hydrate")]
        news: RwSignal::new(false),
        #[cfg(feature = "hydrate")]
        path: StoredValue::new(None),
        #[cfg(feature = "hydrate")]
        from: StoredValue::new(None),
        #[cfg(feature = "hydrate")]
        scroll: Scroll::new(),
    };
    #[cfg(feature = "hydrate")]
    effect(move || arrivals.scroll.follow());
    provide_context(arrivals);
}

/// A bar at the top while a page is on its way; the style sheet shows it after 150 ms.
#[component]
pub fn LoadingBar(
    /// Whether a page is on its way.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    view! { <div class="loadbar" class:is-on=move || busy.get() aria-hidden="true"></div> }
}

/// Says the name of each page that one arrives at.
#[component]
pub fn Announcer(
    /// Whether a page is on its way.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    if let Some(arrivals) = use_context::<Arrivals>() {
        effect(move || {
            if !busy.get() && arrivals.news.get() {
                arrivals.news.set(false);
                // The title and the page are in place with the next frame.
                request_animation_frame(move || greet(arrivals));
            }
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = busy;
    let said =
        move || use_context::<Arrivals>().map_or_else(String::new, |arrivals| arrivals.said.get());
    view! { <p class="visually-hidden" id="announcer" role="status" aria-live="polite">{move || said()}</p> }
}

/// A page is built: if it is another one than the last, it is announced once it is in place, gets
/// the focus, and what lay open over the last one is closed. Every page calls this.
pub fn arrive() {
    #[cfg(feature = "hydrate")]
    if let Some(arrivals) = use_context::<Arrivals>() {
        let here = use_here();
        effect(move || {
            let address = here.get_untracked();
            let path = address.split('?').next().unwrap_or_default().to_owned();
            let last = arrivals.path.get_value();
            if last.as_deref() != Some(&path) {
                arrivals.path.set_value(Some(path));
                arrivals.news.set(last.is_some());
                arrivals.from.set_value(last);
            }
            // What the page holds is in place with the next frame.
            request_animation_frame(move || arrivals.scroll.arrive(arrivals.from.get_value()));
        });
    }
}

#[cfg(feature = "hydrate")]
fn greet(arrivals: Arrivals) {
    arrivals.said.set(document().title());
    close_popovers();
    focus_page();
}

#[cfg(feature = "hydrate")]
fn close_popovers() {
    use wasm_bindgen::JsCast;
    let Ok(open) = document().query_selector_all(":popover-open") else {
        return;
    };
    for index in 0..open.length() {
        let element = open
            .get(index)
            .and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(element) = element {
            // It may have closed itself meanwhile.
            let _closed = element.hide_popover();
        }
    }
}

/// The next Tab starts in the page, not where the last page's link was.
#[cfg(feature = "hydrate")]
fn focus_page() {
    use wasm_bindgen::JsCast;
    let active = document().active_element();
    let inside =
        active.is_some_and(|element| element.closest("main, dialog").ok().flatten().is_some());
    let main = document().get_element_by_id("main");
    let main = main.and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(main) = main.filter(|_| !inside) {
        focus(&main);
    }
}

/// Gives an element the focus, and leaves the page where it is.
#[cfg(feature = "hydrate")]
pub(super) fn focus(element: &web_sys::HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that cannot take the focus leaves it where it is.
    let _focused = element.focus_with_options(&options);
}
