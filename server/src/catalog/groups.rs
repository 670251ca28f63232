//! Members of groups, and what groups and users own.

use std::collections::{BTreeMap, BTreeSet};

use app::catalog::types::{Member, Members, MembersQuery, Ownership, OwnershipBucket};
use model::catalog::page::{CatalogQuery, OwnerFilter, group};
use model::catalog::{EntityRef, kinds};

use super::view::View;

pub(super) fn members(view: &View, query: &MembersQuery) -> Members {
    let groups = if query.all {
        descendants(view, &query.group)
    } else {
        BTreeSet::from([query.group.clone()])
    };
    let users: BTreeSet<&EntityRef> = groups
        .iter()
        .flat_map(|group| view.targets(group, "hasMember"))
        .collect();
    let mut all: Vec<Member> = users.into_iter().map(|user| member(view, user)).collect();
    all.sort_by_key(|member| member.user.label.to_lowercase());
    let unfiltered = count(all.len());
    let text = query.text.to_lowercase();
    all.retain(|member| {
        let words = [
            Some(&member.user.label),
            member.description.as_ref(),
            member.email.as_ref(),
        ];
        words
            .into_iter()
            .flatten()
            .any(|word| word.to_lowercase().contains(&text))
    });
    let total = count(all.len());
    let skip = usize::try_from(query.offset).unwrap_or(usize::MAX);
    let take = usize::try_from(Members::PAGE).unwrap_or(usize::MAX);
    Members {
        rows: all.into_iter().skip(skip).take(take).collect(),
        total,
        unfiltered,
    }
}

fn member(view: &View, user: &EntityRef) -> Member {
    let entity = view.get(user).map(super::node::Node::entity);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Member {
        user: view.label(user),
        description: owned(entity.and_then(|entity| entity.description())),
        email: owned(entity.and_then(|entity| entity.email())),
        picture: owned(
            entity
                .and_then(|entity| entity.picture())
                .filter(|url| url.starts_with("http")),
        ),
    }
}

/// A group and every group below it.
fn descendants(view: &View, top: &EntityRef) -> BTreeSet<EntityRef> {
    let mut seen = BTreeSet::from([top.clone()]);
    let mut open = vec![top.clone()];
    while let Some(group) = open.pop() {
        for child in view.targets(&group, "parentOf") {
            if seen.insert(child.clone()) {
                open.push(child.clone());
            }
        }
    }
    seen
}

pub(super) fn ownership(view: &View, owner: &EntityRef, aggregated: bool) -> Ownership {
    let owners: BTreeSet<EntityRef> = match (aggregated, owner.is_kind("user")) {
        (false, _) => BTreeSet::from([owner.clone()]),
        (true, false) => descendants(view, owner),
        (true, true) => {
            let groups = view.targets(owner, "memberOf").cloned();
            groups.chain([owner.clone()]).collect()
        }
    };
    let owned: BTreeSet<&EntityRef> = owners
        .iter()
        .flat_map(|owner| view.targets(owner, "ownerOf"))
        .collect();
    let mut counts: BTreeMap<(String, Option<String>), u32> = BTreeMap::new();
    for node in owned.iter().filter_map(|entity_ref| view.get(entity_ref)) {
        let spec_type = node.entity().spec_type().map(str::to_lowercase);
        *counts
            .entry((node.kind().to_owned(), spec_type))
            .or_default() += 1;
    }
    let mut buckets: Vec<OwnershipBucket> = counts
        .into_iter()
        .map(|((kind, spec_type), count)| bucket(&kind, spec_type, count, &owners))
        .collect();
    buckets.sort_by_key(|bucket| std::cmp::Reverse(bucket.count));
    Ownership {
        aggregated,
        total: buckets.iter().map(|bucket| bucket.count).sum(),
        buckets,
    }
}

fn bucket(
    kind: &str,
    spec_type: Option<String>,
    count: u32,
    owners: &BTreeSet<EntityRef>,
) -> OwnershipBucket {
    let tokens: Vec<String> = owners
        .iter()
        .map(|owner| OwnerFilter::Entity(owner.clone()).token())
        .collect();
    let types: Vec<String> = spec_type.iter().cloned().collect();
    let query = CatalogQuery::of_kind(kind)
        .with_values(group::TYPE, &types)
        .with_values(group::OWNERS, &tokens);
    let written = kinds::find_any_case(kind);
    let noun = written.map_or(
        kind,
        |kind| if count == 1 { kind.title } else { kind.plural },
    );
    OwnershipBucket {
        kind: written.map_or(kind, |kind| kind.name).to_owned(),
        label: spec_type
            .as_ref()
            .map_or_else(|| noun.to_owned(), |of| format!("{of} {noun}")),
        spec_type,
        count,
        href: query.href(),
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
