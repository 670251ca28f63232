//! The address of the page, for links that come back to it.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::reactive::memo;

/// Path and query of the page.
#[derive(Clone, Copy)]
struct Here(Signal<String>);

/// Provides the address; inside the router.
pub fn provide_here() {
    let location = use_location();
    let here = memo(move || {
        let (path, search) = (location.pathname.get(), location.search.get());
        if search.is_empty() {
            path
        } else {
            format!("{path}?{search}")
        }
    });
    provide_context(Here(here.into()));
}

/// Path and query of the page: `/catalog?filters[kind]=api`.
#[must_use]
pub fn use_here() -> Signal<String> {
    use_context::<Here>().map_or_else(|| Signal::stored("/".to_owned()), |here| here.0)
}

/// The sign-in page that comes back to an address.
#[must_use]
pub fn sign_in_href(next: &str) -> String {
    if next == "/" || next.starts_with("/sign-in") {
        return "/sign-in".to_owned();
    }
    format!(
        "/sign-in?next={}",
        utf8_percent_encode(next, NON_ALPHANUMERIC)
    )
}

#[cfg(test)]
mod tests {
    use super::sign_in_href;

    #[test]
    fn signing_in_comes_back_to_the_page() {
        assert_eq!(sign_in_href("/"), "/sign-in");
        assert_eq!(sign_in_href("/sign-in?next=%2F"), "/sign-in");
        assert_eq!(
            sign_in_href("/catalog?a=b&c"),
            "/sign-in?next=%2Fcatalog%3Fa%3Db%26c"
        );
    }
}
