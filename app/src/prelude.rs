//! What a page begins with: Leptos' prelude, with a `view!` of our own.

pub(crate) use leptos::prelude::*;

/// Leptos' `view!`, whose result forgets its type. With `erase_components` every element inside has
/// forgotten it already; without the outermost one too, the browser would have the code for a `div`, for
/// perhaps a `div`, for many of them, and for each function that makes one.
macro_rules! erased_view {
    ($($markup:tt)*) => {
        ::leptos::prelude::IntoAny::into_any(::leptos::view! { $($markup)* }.into_inner())
    };
}

pub(crate) use erased_view as view;
