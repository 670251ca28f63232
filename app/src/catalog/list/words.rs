//! How the list speaks of itself.

use model::catalog::kinds;
use model::catalog::page::{CatalogPage, EVERY_KIND, PersonalFilter};

/// `All service components`, `Owned domains`.
pub(super) fn title(page: &CatalogPage) -> String {
    let whose = match page.query.user {
        PersonalFilter::All => "All",
        PersonalFilter::Owned => "Owned",
        PersonalFilter::Starred => "Starred",
    };
    let of_type = match page.query.types.as_slice() {
        [only] => format!(" {only}"),
        _ => String::new(),
    };
    format!("{whose}{of_type} {}", plural(&page.query.kind))
}

/// `components`, `APIs`, `entities`.
pub(super) fn plural(kind: &str) -> String {
    if kind == EVERY_KIND {
        return "entities".to_owned();
    }
    kinds::find_any_case(kind).map_or_else(
        || format!("{kind}s"),
        |kind| {
            let acronym = kind.plural.chars().nth(1).is_some_and(char::is_uppercase);
            if acronym {
                kind.plural.to_owned()
            } else {
                kind.plural.to_lowercase()
            }
        },
    )
}

/// The names and values of a query string, decoded.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    query
        .trim_start_matches('?')
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}
