//! Members of groups, and what groups and users own.

use app::catalog::types::{Member, Members, MembersQuery, Ownership, OwnershipBucket};
use model::catalog::page::{self, OwnedBucket};
use model::catalog::{EntityRef, kinds};

use super::types;
use super::view::View;

pub(super) fn members(view: &View, query: &MembersQuery) -> Members {
    let mut all = page::members(view.index(), &query.group, query.all);
    let unfiltered = count(all.len());
    let text = query.text.to_lowercase();
    all.retain(|member| mentions(member, &text));
    let total = count(all.len());
    let skip = usize::try_from(query.offset).unwrap_or(usize::MAX);
    let take = usize::try_from(Members::PAGE).unwrap_or(usize::MAX);
    Members {
        rows: all.into_iter().skip(skip).take(take).collect(),
        total,
        unfiltered,
    }
}

/// Whether a lower-case text is in name, title or e-mail address.
fn mentions(member: &Member, text: &str) -> bool {
    let words = [
        Some(&member.user.label),
        member.description.as_ref(),
        member.email.as_ref(),
    ];
    let mut words = words.into_iter().flatten();
    words.any(|word| word.to_lowercase().contains(text))
}

pub(super) fn ownership(view: &View, owner: &EntityRef, aggregated: bool) -> Ownership {
    let owned = page::ownership(view.index(), owner, aggregated);
    Ownership {
        aggregated,
        total: owned.total,
        buckets: owned.buckets.into_iter().map(bucket).collect(),
    }
}

fn bucket(owned: OwnedBucket) -> OwnershipBucket {
    OwnershipBucket {
        label: label(&owned),
        href: owned.query.href(),
        kind: owned.kind,
        spec_type: owned.spec_type,
        count: owned.count,
    }
}

/// `Services`, `OpenAPI APIs`, `Systems`: a component is what its type says.
fn label(owned: &OwnedBucket) -> String {
    let one = owned.count == 1;
    let kind = kinds::find_any_case(&owned.kind);
    let noun = kind.map_or(owned.kind.as_str(), |kind| {
        if one { kind.title } else { kind.plural }
    });
    match owned.spec_type.as_deref() {
        Some(spec_type) => types::counted(spec_type, one).map_or_else(
            || format!("{} {noun}", types::title(spec_type)),
            str::to_owned,
        ),
        None => noun.to_owned(),
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
