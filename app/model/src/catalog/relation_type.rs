//! The types of relations between entities: names, reverses, and words for people.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How one entity relates to another; compares and orders as its name.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names say it; `label` says it in words")]
pub enum RelationType {
    OwnedBy,
    OwnerOf,
    PartOf,
    HasPart,
    ProvidesApi,
    ApiProvidedBy,
    ConsumesApi,
    ApiConsumedBy,
    DependsOn,
    DependencyOf,
    MemberOf,
    HasMember,
    ChildOf,
    ParentOf,
    /// A type that only the data knows.
    Other(Arc<str>),
}

impl RelationType {
    /// All types with a meaning of their own, each beside its reverse.
    pub const KNOWN: [Self; 14] = [
        Self::OwnedBy,
        Self::OwnerOf,
        Self::PartOf,
        Self::HasPart,
        Self::ProvidesApi,
        Self::ApiProvidedBy,
        Self::ConsumesApi,
        Self::ApiConsumedBy,
        Self::DependsOn,
        Self::DependencyOf,
        Self::MemberOf,
        Self::HasMember,
        Self::ChildOf,
        Self::ParentOf,
    ];

    /// The type with this exact name.
    pub fn from_name(name: &str) -> Self {
        Self::KNOWN
            .into_iter()
            .find(|known| known.as_str() == name)
            .unwrap_or_else(|| Self::Other(name.into()))
    }

    /// The name as it is in entities and filters: `ownedBy`.
    pub fn as_str(&self) -> &str {
        self.words().0
    }

    /// How it reads between two entities: `owned by`.
    pub fn label(&self) -> &str {
        self.words().1
    }

    /// How a group of its targets is headed: `Owner`.
    pub fn heading(&self) -> &str {
        self.words().2
    }

    /// Name, label and heading.
    fn words(&self) -> (&str, &str, &str) {
        match self {
            Self::OwnedBy => ("ownedBy", "owned by", "Owner"),
            Self::OwnerOf => ("ownerOf", "owner of", "Owns"),
            Self::PartOf => ("partOf", "part of", "Part of"),
            Self::HasPart => ("hasPart", "has part", "Parts"),
            Self::ProvidesApi => ("providesApi", "provides API", "Provides APIs"),
            Self::ApiProvidedBy => ("apiProvidedBy", "provided by", "Provided by"),
            Self::ConsumesApi => ("consumesApi", "consumes API", "Consumes APIs"),
            Self::ApiConsumedBy => ("apiConsumedBy", "consumed by", "Consumed by"),
            Self::DependsOn => ("dependsOn", "depends on", "Depends on"),
            Self::DependencyOf => ("dependencyOf", "dependency of", "Dependency of"),
            Self::MemberOf => ("memberOf", "member of", "Member of"),
            Self::HasMember => ("hasMember", "has member", "Members"),
            Self::ChildOf => ("childOf", "child of", "Parent group"),
            Self::ParentOf => ("parentOf", "parent of", "Child groups"),
            Self::Other(name) => (name, name, name),
        }
    }

    /// The type seen from the other end; `None` where only the data knows.
    pub fn reverse(&self) -> Option<Self> {
        Some(match self {
            Self::OwnedBy => Self::OwnerOf,
            Self::OwnerOf => Self::OwnedBy,
            Self::PartOf => Self::HasPart,
            Self::HasPart => Self::PartOf,
            Self::ProvidesApi => Self::ApiProvidedBy,
            Self::ApiProvidedBy => Self::ProvidesApi,
            Self::ConsumesApi => Self::ApiConsumedBy,
            Self::ApiConsumedBy => Self::ConsumesApi,
            Self::DependsOn => Self::DependencyOf,
            Self::DependencyOf => Self::DependsOn,
            Self::MemberOf => Self::HasMember,
            Self::HasMember => Self::MemberOf,
            Self::ChildOf => Self::ParentOf,
            Self::ParentOf => Self::ChildOf,
            Self::Other(_) => return None,
        })
    }
}

impl fmt::Display for RelationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl PartialEq for RelationType {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for RelationType {}

impl PartialOrd for RelationType {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RelationType {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for RelationType {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Serialize for RelationType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RelationType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from_name(&Cow::<str>::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_type_has_a_reverse_that_leads_back() {
        for known in RelationType::KNOWN {
            let back = known.reverse().and_then(|reverse| reverse.reverse());
            assert_eq!(back.as_ref(), Some(&known));
            assert_eq!(RelationType::from_name(known.as_str()), known);
        }
    }

    #[test]
    fn unknown_types_keep_their_name() {
        let other = RelationType::from_name("mentors");
        assert_eq!((other.label(), other.reverse()), ("mentors", None));
    }
}
