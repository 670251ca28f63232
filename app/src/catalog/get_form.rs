//! GET forms that change only what is in the address: without a script the browser sends them, with one
//! the router goes there and the rest of the page stays.

use leptos::ev;

/// For `on:submit`: goes to the address that the form's query string means.
#[cfg(feature = "hydrate")]
pub(crate) fn follow(href: impl Fn(&str) -> String + 'static) -> impl Fn(ev::SubmitEvent) {
    go(Box::new(href), false)
}

/// As [`follow`], in place of the address before: for what is sent while one types.
#[cfg(feature = "hydrate")]
pub(crate) fn replace(href: impl Fn(&str) -> String + 'static) -> impl Fn(ev::SubmitEvent) {
    go(Box::new(href), true)
}

#[cfg(feature = "hydrate")]
fn go(href: Box<dyn Fn(&str) -> String>, replace: bool) -> impl Fn(ev::SubmitEvent) {
    use leptos::wasm_bindgen::JsCast;

    let navigate = leptos_router::hooks::use_navigate();
    move |event: ev::SubmitEvent| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
        if let Some(query) = form.and_then(|form| query(&form)) {
            event.prevent_default();
            let options = leptos_router::NavigateOptions {
                scroll: false,
                replace,
                ..Default::default()
            };
            navigate(&href(&query), options);
        }
    }
}

/// What the browser would send.
#[cfg(feature = "hydrate")]
fn query(form: &web_sys::HtmlFormElement) -> Option<String> {
    let fields = web_sys::FormData::new_with_form(form).ok()?;
    let query = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    query.to_string().as_string()
}

/// Nothing happens on the server.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn follow(_href: impl Fn(&str) -> String + 'static) -> impl Fn(ev::SubmitEvent) {
    |_| {}
}

/// Nothing happens on the server.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn replace(_href: impl Fn(&str) -> String + 'static) -> impl Fn(ev::SubmitEvent) {
    |_| {}
}

/// For `on:change`: sends the form that a changed field is in.
pub(crate) fn apply(event: ev::Event) {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|element| element.closest("form").ok().flatten())
            .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
        if let Some(form) = form {
            // A form that cannot be sent stays as it is, with its button.
            let _sent = form.request_submit();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    drop(event);
}
