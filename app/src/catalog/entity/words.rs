//! Words that several parts of the page need.

/// A number with its noun: `1 problem`, `3 problems`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// The picture, where the page's content policy lets it load.
pub(super) fn loadable(picture: Option<String>) -> Option<String> {
    picture.filter(|url| url.starts_with("https://"))
}

/// Whether an address leaves the portal.
pub(super) fn is_external(href: &str) -> bool {
    href.contains("://") || href.starts_with("mailto:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular() {
        assert_eq!(
            (counted(1, "problem"), counted(2, "problem")),
            ("1 problem".to_owned(), "2 problems".to_owned())
        );
    }
}
