//! Redirects, to our own paths only.

/// Sends the browser to a path of ours; anything else goes home.
pub fn to_local(target: &str) {
    leptos_axum::redirect(local(target));
}

/// The target if it is a path of ours, else `/`.
/// Browsers read `//host`, `/\host` and control characters as other places.
#[must_use]
pub fn local(target: &str) -> &str {
    let mut characters = target.chars();
    let rooted = characters.next() == Some('/') && !matches!(characters.next(), Some('/' | '\\'));
    if rooted && target.chars().all(|c| c.is_ascii_graphic() && c != '\\') {
        target
    } else {
        "/"
    }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_our_own_paths() {
        assert_eq!(
            local("/catalog?filters[kind]=api"),
            "/catalog?filters[kind]=api"
        );
        for foreign in [
            "",
            "https://x",
            "//x",
            "/\\x",
            "javascript:alert(1)",
            "/a\r\nb",
            "/ä",
        ] {
            assert_eq!(local(foreign), "/", "{foreign}");
        }
    }
}
