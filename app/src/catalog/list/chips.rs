//! What is chosen, in words above the table, each with the way to take it back.

use model::catalog::page::{CatalogPage, CatalogQuery};

use super::words;
use crate::prelude::*;
use crate::ui::icon::Icon;

/// The most characters of a value that are repeated in a sentence.
const ECHOED: usize = 80;

/// A condition of the list, in words.
pub(super) struct Condition {
    /// What is asked: `Owner`.
    pub(super) subject: String,
    /// How: `is`.
    pub(super) verb: &'static str,
    /// For what: `Squad Aura`.
    pub(super) value: String,
    /// The list without it.
    without: CatalogQuery,
}

impl Condition {
    /// As one phrase: `Owner is Squad Aura`.
    pub(super) fn phrase(&self) -> String {
        format!("{} {} {}", self.subject, self.verb, cut(&self.value))
    }
}

/// A text of the visitor's as it is repeated: its beginning says enough.
fn cut(text: &str) -> String {
    let mut chars = text.chars();
    let shown: String = chars.by_ref().take(ECHOED).collect();
    match chars.next() {
        Some(_) => shown + "…",
        None => shown,
    }
}

/// Every condition but the kind and whose entities are shown.
pub(super) fn conditions(page: &CatalogPage) -> Vec<Condition> {
    let query = &page.query;
    let mut conditions = Vec::new();
    for (id, values) in query.chosen() {
        let facet = page.facets.iter().find(|facet| facet.id == id);
        for value in values {
            let label = facet
                .and_then(|facet| facet.values.iter().find(|known| known.value == value))
                .map(|known| known.label.clone());
            conditions.push(Condition {
                subject: facet.map_or_else(|| id.clone(), |facet| facet.title.clone()),
                verb: "is",
                without: query.clone().with_toggled(&id, &value),
                value: label.unwrap_or(value),
            });
        }
    }
    if query.orphan {
        let mut without = query.clone().with_offset(0);
        without.orphan = false;
        conditions.push(Condition {
            subject: "Source".to_owned(),
            verb: "is",
            value: "gone".to_owned(),
            without,
        });
    }
    if !query.text.is_empty() {
        conditions.push(Condition {
            subject: "Text".to_owned(),
            verb: "has",
            value: query.text.clone(),
            without: query.clone().with_text(""),
        });
    }
    conditions
}

/// The chips, and how many rows they leave.
pub(super) fn chips(page: &CatalogPage) -> AnyView {
    let filtered = page.query.is_filtered();
    let conditions = conditions(page);
    let clear = (!conditions.is_empty()).then(|| {
        let href = page.query.clone().cleared().href();
        view! { <a class="btn btn--ghost btn--sm" href=href data-noscroll="">"Clear"</a> }
    });
    // Unfiltered, the heading has the number already.
    let class = match filtered {
        true => "push muted tnum",
        false => "visually-hidden",
    };
    view! {
        <div class="activefilters">
            {conditions.iter().map(chip).collect_view()}
            {clear}
            <span class=class role="status">{words::found(page)}</span>
        </div>
    }
}

fn chip(condition: &Condition) -> AnyView {
    let name = format!("Remove filter: {}", condition.phrase());
    view! {
        <span class="fchip">
            <span>{condition.subject.clone()}</span>
            <span class="fchip__op">{condition.verb}</span>
            <span class="fchip__v" title=condition.value.clone()>{condition.value.clone()}</span>
            <a class="fchip__x" href=condition.without.href() aria-label=name data-noscroll=""><Icon name="x" small=true/></a>
        </span>
    }
}
