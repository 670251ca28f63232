//! Members of groups, and what groups and users own.

use app::catalog::types::{Member, Members, MembersQuery, Ownership, OwnershipBucket};
use model::catalog::page::{self, OwnedBucket};
use model::catalog::{EntityRef, kinds};

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

/// `services`, `1 library`, `openapi APIs`: a component is what its type says.
fn label(owned: &OwnedBucket) -> String {
    let kind = kinds::find_any_case(&owned.kind);
    let noun = match (kind, owned.count) {
        (Some(kind), 1) => kind.title,
        (Some(kind), _) => kind.plural,
        (None, _) => &owned.kind,
    };
    match &owned.spec_type {
        Some(spec_type) if is_said_by_type(&owned.kind) => plural(spec_type, owned.count),
        Some(spec_type) => format!("{spec_type} {noun}"),
        None => noun.to_owned(),
    }
}

/// Kinds whose types are nouns: services, databases.
fn is_said_by_type(kind: &str) -> bool {
    matches!(kind, "Component" | "Resource")
}

/// A type as a noun: `library`, `libraries`.
fn plural(noun: &str, count: u32) -> String {
    let plain = noun.chars().all(|letter| letter.is_ascii_lowercase());
    match noun.strip_suffix('y') {
        _ if count == 1 || !plain => noun.to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::plural;

    #[test]
    fn a_type_is_counted_in_english() {
        assert_eq!(plural("service", 72), "services");
        assert_eq!(plural("service", 1), "service");
        assert_eq!(plural("library", 3), "libraries");
        assert_eq!(plural("relay", 2), "relays");
        assert_eq!(plural("s3-bucket", 2), "s3-bucket");
    }
}
