//! How the list speaks of itself.

use model::catalog::kinds;
use model::catalog::page::{CatalogPage, CatalogQuery, EVERY_KIND, PersonalFilter};
use model::catalog::text::{capitalised, lower_case};

/// `All service components`, `Owned domains`.
pub(super) fn title(query: &CatalogQuery) -> String {
    let whose = match query.user {
        PersonalFilter::All => "All",
        PersonalFilter::Owned => "Owned",
        PersonalFilter::Starred => "Starred",
    };
    let of_type = match query.types.as_slice() {
        [only] => format!(" {only}"),
        _ => String::new(),
    };
    format!("{whose}{of_type} {}", plural(&query.kind))
}

/// The title over the rows: where there is none, it does not say that it has all.
pub(super) fn listed(page: &CatalogPage) -> String {
    let title = title(&page.query);
    if is_unknown(page) {
        return "Unknown kind".to_owned();
    }
    match title.strip_prefix("All ") {
        Some(rest) if page.total == 0 => capitalised(rest),
        _ => title,
    }
}

/// Whether the address asks for a kind that neither the model nor the catalog has.
pub(super) fn is_unknown(page: &CatalogPage) -> bool {
    let kind = &page.query.kind;
    page.total_of_kind == 0 && kind != EVERY_KIND && kinds::find_any_case(kind).is_none()
}

/// `91`; where nothing is left, of how many: `0 of 91`.
pub(super) fn count(page: &CatalogPage) -> String {
    match page.total {
        0 if page.total_of_kind > 0 => format!("0 of {}", number(page.total_of_kind)),
        total => number(total),
    }
}

/// `components`, `APIs`, `entities`.
pub(super) fn plural(kind: &str) -> String {
    if kind == EVERY_KIND {
        return "entities".to_owned();
    }
    in_sentence(&kinds::plural(kind))
}

/// `Components`, `APIs`, `Entities`: where a line begins with it.
pub(super) fn heading(kind: &str) -> String {
    capitalised(&plural(kind))
}

/// A word for a thing as it stands within a sentence; `API` stays as it is.
fn in_sentence(word: &str) -> String {
    let acronym = word
        .chars()
        .nth(1)
        .is_some_and(|second| lower_case(second.encode_utf8(&mut [0; 4])) != second.to_string());
    if acronym {
        word.to_owned()
    } else {
        lower_case(word)
    }
}

/// What the table is, for those who do not see the page around it.
pub(super) fn caption(page: &CatalogPage) -> String {
    let sort = &page.query.sort;
    let column = page
        .available_columns
        .iter()
        .find(|column| column.id == sort.column && column.sortable)
        .map_or_else(|| "name".to_owned(), |column| in_sentence(&column.title));
    let order = if sort.descending { ", descending" } else { "" };
    format!("{}, sorted by {column}{order}", title(&page.query))
}

/// `72 of 1,304 components`.
pub(super) fn found(page: &CatalogPage) -> String {
    format!(
        "{} of {} {}",
        number(page.total),
        number(page.total_of_kind),
        plural(&page.query.kind)
    )
}

/// A number with its thousands apart: `1,304`.
pub(super) fn number(number: u32) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", self::number(number / 1000), number % 1000),
    }
}
