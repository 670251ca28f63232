//! Groups and people: who belongs to a group, and what it owns.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::labels::RefLabel;
use super::selection::OwnerFilter;
use super::state::CatalogQuery;
use crate::catalog::filter::Predicate;
use crate::catalog::index::{CatalogIndex, own};
use crate::catalog::query::{Query, RowId};
use crate::catalog::{EntityRef, RelationType};

/// A member of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub user: RefLabel,
    /// `metadata.description`, often the role.
    pub description: Option<String>,
    /// `spec.profile.email`.
    pub email: Option<String>,
    /// `spec.profile.picture`, if it is a web address.
    pub picture: Option<String>,
}

/// What an entity owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    /// The owners counted: the entity itself and, aggregated, those below it.
    pub owners: Vec<EntityRef>,
    /// Most first.
    pub buckets: Vec<OwnedBucket>,
    /// All of them together.
    pub total: u32,
}

/// How many entities of one kind and type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedBucket {
    /// As the entities write it.
    pub kind: String,
    /// `spec.type`; absent where some of the kind have none: then the kind is one bucket.
    pub spec_type: Option<String>,
    /// How many.
    pub count: u32,
    /// The catalog page that lists them.
    pub query: CatalogQuery,
}

/// The groups below a group, nearest first, without itself. Cycles end where they began.
#[must_use]
pub fn descendants(index: &CatalogIndex, group: &EntityRef) -> Vec<EntityRef> {
    let mut seen = HashSet::from([group.clone()]);
    let mut found = vec![group.clone()];
    let mut at = 0;
    while let Some(parent) = found.get(at).cloned() {
        at += 1;
        let children = index.related(&parent, &RelationType::ParentOf).into_iter();
        let known = children.filter(|child| index.contains(child));
        found.extend(known.filter(|child| seen.insert(child.clone())));
    }
    found.remove(0);
    found
}

/// The members of a group that exist, by display name; of all groups below it too when
/// `with_descendants`, each once.
#[must_use]
pub fn members(index: &CatalogIndex, group: &EntityRef, with_descendants: bool) -> Vec<Member> {
    let mut groups = vec![group.clone()];
    if with_descendants {
        groups.extend(descendants(index, group));
    }
    let all = groups
        .iter()
        .flat_map(|group| index.related(group, &RelationType::HasMember));
    let distinct: HashSet<EntityRef> = all.collect();
    let mut members: Vec<Member> = distinct
        .iter()
        .filter_map(|user| member(index, user))
        .collect();
    members.sort_by_cached_key(|member| {
        (
            member.user.label.to_lowercase(),
            member.user.entity_ref.clone(),
        )
    });
    members
}

fn member(index: &CatalogIndex, user: &EntityRef) -> Option<Member> {
    let row = index.find(user)?;
    let text = |column| index.first_text(column, row.0).map(str::to_owned);
    let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    Some(Member {
        user: index.label(user),
        description: index.description(row).map(str::to_owned),
        email: text(own::EMAIL),
        picture: text(own::PICTURE).filter(is_web),
    })
}

/// The owners whose things count as an entity's: itself; aggregated, with all groups below a
/// group, or with the groups that a user is directly in.
#[must_use]
pub fn owners(index: &CatalogIndex, entity: &EntityRef, aggregated: bool) -> Vec<EntityRef> {
    let mut owners = vec![entity.clone()];
    if aggregated && entity.is_kind("user") {
        owners.extend(index.related(entity, &RelationType::MemberOf));
    } else if aggregated {
        owners.extend(descendants(index, entity));
    }
    owners
}

/// What an entity owns, by kind and type.
#[must_use]
pub fn ownership(index: &CatalogIndex, entity: &EntityRef, aggregated: bool) -> Ownership {
    let owners = owners(index, entity, aggregated);
    let refs = owners.iter().map(EntityRef::to_string).collect();
    let owned = Predicate::In("relations.ownedby".to_owned(), refs);
    let answer = index.query(&Query::of(owned));
    let mut buckets = buckets(index, &answer.rows, &owners);
    buckets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| key(a).cmp(&key(b))));
    Ownership {
        owners,
        buckets,
        total: answer.total,
    }
}

fn key(bucket: &OwnedBucket) -> (&str, Option<&str>) {
    (&bucket.kind, bucket.spec_type.as_deref())
}

fn buckets(index: &CatalogIndex, rows: &[RowId], owners: &[EntityRef]) -> Vec<OwnedBucket> {
    let mut by_kind: BTreeMap<&str, Vec<Option<&str>>> = BTreeMap::new();
    for row in rows {
        if let Some(kind) = index.first_text(own::KIND, row.0) {
            let types = by_kind.entry(kind).or_default();
            types.push(index.first_text(own::TYPE, row.0));
        }
    }
    let mut buckets = Vec::new();
    for (kind, types) in by_kind {
        let mut by_type: BTreeMap<Option<String>, (&str, u32)> = BTreeMap::new();
        let untyped = types.contains(&None);
        for spec_type in types {
            let lower = spec_type.filter(|_| !untyped).map(str::to_lowercase);
            let (_, count) = by_type
                .entry(lower)
                .or_insert((spec_type.unwrap_or_default(), 0));
            *count += 1;
        }
        buckets.extend(
            by_type
                .into_iter()
                .map(|(lower, (written, count))| OwnedBucket {
                    kind: kind.to_owned(),
                    spec_type: lower.as_ref().map(|_| written.to_owned()),
                    count,
                    query: listing(kind, lower, owners),
                }),
        );
    }
    buckets
}

fn listing(kind: &str, spec_type: Option<String>, owners: &[EntityRef]) -> CatalogQuery {
    CatalogQuery {
        types: spec_type.into_iter().collect(),
        owners: owners.iter().cloned().map(OwnerFilter::Entity).collect(),
        ..CatalogQuery::of_kind(kind)
    }
    .normalised()
}
