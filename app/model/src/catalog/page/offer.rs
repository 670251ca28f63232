//! The filter groups that a kind offers, and the conditions that a query's choices come to.

use super::contents::Viewer;
use super::selection::{OwnerFilter, PersonalFilter};
use super::state::{CatalogQuery, EVERY_KIND, group};
use crate::catalog::RelationType;
use crate::catalog::filter::Predicate;
use crate::catalog::index::FieldSpec;
use crate::catalog::well_known::ORPHAN;

/// A filter group of the page.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    /// As in `filters[…]`.
    pub(super) id: String,
    pub(super) title: String,
    /// The key of the index.
    pub(super) key: String,
}

/// The groups that a kind offers, in the order shown.
pub(super) fn offers(kind: &str, fields: &[FieldSpec]) -> Vec<Offer> {
    let people = matches!(kind, "group" | "user");
    let grouping = matches!(kind, "domain" | "system");
    let mut offers = Vec::new();
    if kind != "user" {
        offers.push(offer(group::TYPE, "Type", "spec.type"));
    }
    let own = fields
        .iter()
        .filter(|field| field.filter && field.applies_to(kind));
    offers.extend(own.map(|field| offer(&field.id, &field.title, &field.key())));
    if !people && kind != "location" {
        offers.push(offer(group::OWNERS, "Owner", "relations.ownedby"));
    }
    if !people && !grouping {
        offers.push(offer(group::LIFECYCLES, "Lifecycle", "spec.lifecycle"));
    }
    offers.push(offer(group::TAGS, "Tags", "metadata.tags"));
    offers.push(offer(group::NAMESPACE, "Namespace", "metadata.namespace"));
    offers
}

fn offer(id: &str, title: &str, key: &str) -> Offer {
    Offer {
        id: id.to_owned(),
        title: title.to_owned(),
        key: key.to_owned(),
    }
}

/// The query as far as the kind offers what it chooses, with the fields' ids as configured.
pub(super) fn offered(query: &CatalogQuery, offers: &[Offer]) -> CatalogQuery {
    let mut query = query.clone().normalised();
    for (chosen, values) in query.chosen() {
        let known = offers
            .iter()
            .find(|offer| offer.id.eq_ignore_ascii_case(&chosen));
        if known.is_none_or(|offer| offer.id != chosen) {
            query.fields.remove(&chosen);
            query = match known {
                Some(offer) => {
                    let offset = query.offset;
                    query.with_values(&offer.id, &values).with_offset(offset)
                }
                None => drop_group(query, &chosen),
            };
        }
    }
    query
}

fn drop_group(query: CatalogQuery, group: &str) -> CatalogQuery {
    let offset = query.offset;
    let mut query = query.without(group).with_offset(offset);
    query.fields.remove(group);
    query
}

/// The entities of a kind.
pub(super) fn of_kind(kind: &str) -> Predicate {
    if kind == EVERY_KIND {
        Predicate::EVERYTHING
    } else {
        Predicate::Equals("kind".to_owned(), kind.to_owned())
    }
}

/// What the query asks for beside its groups: text and orphans.
pub(super) fn beside_groups(query: &CatalogQuery) -> Predicate {
    let mut parts = Vec::new();
    if !query.text.is_empty() {
        parts.push(Predicate::Words(query.text.clone()));
    }
    if query.orphan {
        let key = format!("metadata.annotations.{ORPHAN}");
        parts.push(Predicate::Equals(key, "true".to_owned()));
    }
    Predicate::All(parts)
}

/// What is chosen in a group; `None` when nothing is.
pub(super) fn of_group(offer: &Offer, query: &CatalogQuery) -> Option<Predicate> {
    let values = query.values(&offer.id);
    if values.is_empty() {
        return None;
    }
    if offer.id == group::OWNERS {
        return Some(of_owners(&query.owners));
    }
    Some(Predicate::In(offer.key.clone(), values))
}

/// The entities that one of the owners chosen has.
pub(super) fn of_owners(owners: &[OwnerFilter]) -> Predicate {
    let refs = owners.iter().filter_map(|owner| match owner {
        OwnerFilter::Entity(owner) => Some(owner.to_string()),
        _ => None,
    });
    let mut any = vec![Predicate::In(owned_by(), refs.collect())];
    if owners.contains(&OwnerFilter::None) {
        any.push(without_owner());
    }
    if owners.contains(&OwnerFilter::Missing) {
        any.push(Predicate::HasMissing(RelationType::OwnedBy));
    }
    Predicate::Any(any)
}

/// The entities that nobody owns.
pub(super) fn without_owner() -> Predicate {
    Predicate::Not(Box::new(Predicate::Exists(owned_by())))
}

/// Whose entities are shown.
pub(super) fn of_user(user: PersonalFilter, viewer: &Viewer<'_>) -> Predicate {
    match user {
        PersonalFilter::All => Predicate::EVERYTHING,
        PersonalFilter::Starred => Predicate::IsOneOf(viewer.starred.to_vec()),
        PersonalFilter::Owned => {
            let refs = viewer.ownership.iter().map(ToString::to_string);
            Predicate::In(owned_by(), refs.collect())
        }
    }
}

fn owned_by() -> String {
    "relations.ownedby".to_owned()
}
