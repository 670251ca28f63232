//! What a page says of itself outside its body. The server writes it into the document's head; in the
//! browser the page has a title, and nobody reads the rest.
//!
//! In the body stand two empty marks: those of a view that is nothing and forgets its type, which is
//! what the browser has in place of the head's elements.

use crate::boot::boot;
use crate::prelude::*;

/// The title of the page, before the portal's own.
#[component]
pub fn Title(
    /// What the page is.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let title = format!("{text} · {}", boot().title);
    #[cfg(feature = "ssr")]
    return (
        leptos::view! { <leptos_meta::Title text=escaped(&title)/> },
        (),
    );
    #[cfg(not(feature = "ssr"))]
    document().set_title(&title);
}

/// What search engines and previews of links say of the page.
#[component]
pub fn Description(
    /// In plain words.
    text: String,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    return (
        leptos::view! { <leptos_meta::Meta name="description" content=text/> },
        (),
    );
    #[cfg(not(feature = "ssr"))]
    drop(text);
}

/// A title is the one text that Leptos does not escape.
#[cfg(feature = "ssr")]
fn escaped(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::escaped;

    #[test]
    fn a_title_does_not_end_its_element() {
        assert_eq!(
            escaped("</title><script> · R&D"),
            "&lt;/title>&lt;script> · R&amp;D"
        );
    }
}
