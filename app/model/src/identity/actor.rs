//! The one on whose behalf something is done, and how pages see them.

use serde::{Deserialize, Serialize};

use crate::catalog::EntityRef;

/// On whose behalf a call is made. Every operation takes one first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The user of the catalog; `None` for a reader who has not signed in.
    pub user: Option<EntityRef>,
    /// What counts as the user when ownership is asked for: the user and their direct groups.
    pub ownership: Vec<EntityRef>,
}

impl Actor {
    /// A reader who has not signed in.
    pub fn anonymous() -> Self {
        Self::default()
    }

    /// A user with the groups they are directly a member of.
    pub fn user(user: EntityRef, groups: impl IntoIterator<Item = EntityRef>) -> Self {
        let mut ownership = vec![user.clone()];
        ownership.extend(groups.into_iter().filter(|group| *group != user));
        Self {
            user: Some(user),
            ownership,
        }
    }

    /// Whether someone has signed in.
    pub fn is_signed_in(&self) -> bool {
        self.user.is_some()
    }

    /// Whether what this owner owns is the actor's.
    pub fn owns(&self, owner: &EntityRef) -> bool {
        self.ownership.contains(owner)
    }

    /// How logs and audit events name the actor.
    pub fn label(&self) -> &str {
        self.user.as_ref().map_or("anonymous", EntityRef::as_str)
    }
}

/// A signed-in user as pages show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// The user of the catalog.
    pub user: EntityRef,
    /// What to call them.
    pub display_name: String,
    /// Their e-mail address, if the catalog has one.
    pub email: Option<String>,
    /// The web address of their picture, if the catalog has one.
    pub picture: Option<String>,
    /// The user and their direct groups.
    pub ownership: Vec<EntityRef>,
}

impl Viewer {
    /// Up to two letters that stand for a picture: `Jane van Doe` is `JD`.
    pub fn initials(&self) -> String {
        let mut words = self.display_name.split_whitespace();
        let first = words.next().and_then(|word| word.chars().next());
        let last = words.next_back().and_then(|word| word.chars().next());
        first
            .into_iter()
            .chain(last)
            .flat_map(char::to_uppercase)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(text: &str) -> EntityRef {
        EntityRef::parse(text).expect("a well-formed reference")
    }

    #[test]
    fn a_user_owns_what_their_groups_own() {
        let actor = Actor::user(entity("user:jane"), [entity("group:aura")]);
        assert!(actor.owns(&entity("user:default/jane")));
        assert!(actor.owns(&entity("Group:aura")));
        assert!(!actor.owns(&entity("group:other/aura")));
        assert!(!Actor::anonymous().owns(&entity("group:aura")));
        assert_eq!(actor.label(), "user:default/jane");
    }

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        let viewer = |name: &str| Viewer {
            user: entity("user:x"),
            display_name: name.to_owned(),
            email: None,
            picture: None,
            ownership: Vec::new(),
        };
        assert_eq!(viewer("Jane van Doe").initials(), "JD");
        assert_eq!(viewer("émile").initials(), "É");
        assert_eq!(viewer("").initials(), "");
    }
}
