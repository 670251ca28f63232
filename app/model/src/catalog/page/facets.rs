//! The values of the page's filter groups, each with how many rows it would show.

use std::collections::BTreeSet;

use super::answer::Selection;
use super::contents::{FacetGroup, FacetValue};
use super::offer::{Offer, without_owner};
use super::selection::OwnerFilter;
use super::state::{CatalogQuery, group};
use crate::catalog::filter::Predicate;
use crate::catalog::index::{Bits, CatalogIndex};
use crate::catalog::{EntityRef, RelationType};

/// The groups with their values. A group's counts are under what the other groups have chosen.
/// `beside` are rows whose values are listed too, with their counts under those choices.
pub(super) fn facet_groups(
    index: &CatalogIndex,
    selection: &Selection,
    beside: Option<&Bits>,
) -> Vec<FacetGroup> {
    let offers = selection.offers.iter().enumerate();
    offers
        .map(|(at, offer)| {
            let rows = selection.rows(Some(at));
            facet_group(index, offer, &selection.query, &rows, beside)
        })
        .filter(is_worth_showing)
        .collect()
}

/// A group without a value says nothing, nor does one namespace that everything is in.
fn is_worth_showing(facet: &FacetGroup) -> bool {
    match facet.values.as_slice() {
        [] => false,
        [only] => only.selected || facet.id != group::NAMESPACE,
        _ => true,
    }
}

fn facet_group(
    index: &CatalogIndex,
    offer: &Offer,
    query: &CatalogQuery,
    rows: &Bits,
    beside: Option<&Bits>,
) -> FacetGroup {
    let chosen = query.values(&offer.id);
    let mut counted = index.folded_facet(&offer.key, rows);
    if let Some(beside) = beside {
        let known: BTreeSet<String> = counted.iter().map(|(text, _)| text.clone()).collect();
        let others = index.folded_facet(&offer.key, beside).into_iter();
        let others = others.filter(|(text, _)| !known.contains(text));
        counted.extend(others.map(|(text, _)| (text, 0)));
    }
    let mut values: Vec<FacetValue> = counted
        .into_iter()
        .map(|(text, count)| FacetValue {
            value: token(&offer.id, &text),
            label: label(index, offer, &text),
            count,
            selected: false,
        })
        .collect();
    if offer.id == group::OWNERS {
        values.extend(special_owners(index, rows));
    }
    for value in &chosen {
        if values.iter().all(|known| known.value != *value) {
            values.push(FacetValue {
                value: value.clone(),
                label: chosen_label(index, offer, value),
                count: 0,
                selected: true,
            });
        }
    }
    for value in &mut values {
        value.selected = chosen.contains(&value.value);
    }
    values.sort_by_cached_key(|value| {
        (
            !is_special(&offer.id, &value.value),
            value.label.to_lowercase(),
        )
    });
    FacetGroup {
        id: offer.id.clone(),
        title: offer.title.clone(),
        values,
    }
}

/// A value as it stands in the URL.
fn token(group: &str, text: &str) -> String {
    let owner = || EntityRef::parse(text).ok().map(OwnerFilter::Entity);
    match group {
        group::OWNERS => owner().map_or_else(|| text.to_owned(), |owner| owner.token()),
        _ => text.to_lowercase(),
    }
}

/// A value as it is shown; a mere number says what it counts: `Tier 1`.
fn label(index: &CatalogIndex, offer: &Offer, value: &str) -> String {
    let number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    match offer.id.as_str() {
        group::TAGS | group::NAMESPACE | group::LIFECYCLES | group::TYPE => value.to_owned(),
        _ if number => format!("{} {value}", offer.title),
        _ => index.value_label(value),
    }
}

fn chosen_label(index: &CatalogIndex, offer: &Offer, value: &str) -> String {
    if offer.id != group::OWNERS {
        return label(index, offer, value);
    }
    match OwnerFilter::from_token(value) {
        Some(OwnerFilter::Entity(owner)) => index.label(&owner).label,
        Some(OwnerFilter::None) => NO_OWNER.to_owned(),
        Some(OwnerFilter::Missing) => MISSING_OWNER.to_owned(),
        None => value.to_owned(),
    }
}

const NO_OWNER: &str = "No owner";
const MISSING_OWNER: &str = "Owner does not exist";

fn is_special(group: &str, value: &str) -> bool {
    group == group::OWNERS && matches!(value, OwnerFilter::NONE | OwnerFilter::MISSING)
}

fn special_owners(index: &CatalogIndex, rows: &Bits) -> impl Iterator<Item = FacetValue> {
    let count = |predicate| index.rows(&predicate, rows).count();
    let special = [
        (OwnerFilter::NONE, NO_OWNER, count(without_owner())),
        (
            OwnerFilter::MISSING,
            MISSING_OWNER,
            count(Predicate::HasMissing(RelationType::OwnedBy)),
        ),
    ];
    let found = special.into_iter().filter(|(_, _, count)| *count > 0);
    found.map(|(value, label, count)| FacetValue {
        value: value.to_owned(),
        label: label.to_owned(),
        count,
        selected: false,
    })
}
