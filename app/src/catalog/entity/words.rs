//! Words that several parts of the page need.

use model::catalog::text::capitalised;

/// A number with its noun: `1 problem`, `3 problems`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// The heading of a kind's list: `APIs`, `Components`, `Policies`.
pub(super) fn plural(kind: &str) -> String {
    if kind.eq_ignore_ascii_case("api") {
        return "APIs".to_owned();
    }
    let capital = capitalised(kind);
    match capital.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if capital.ends_with('s') => format!("{capital}es"),
        _ => format!("{capital}s"),
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
    fn kinds_have_plurals() {
        let plurals = ["API", "component", "Policy", "Gateway", "Bus"].map(plural);
        assert_eq!(
            plurals,
            ["APIs", "Components", "Policies", "Gateways", "Buses"]
        );
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(
            (counted(1, "problem"), counted(2, "problem")),
            ("1 problem".to_owned(), "2 problems".to_owned())
        );
    }
}
