//! What happens to one person: told to the event streams of their own open tabs, and to nobody else's.

use app::context::{Actor, Secret};
use app::identity::types::Starred;
use model::catalog::EntityRef;
use tokio::sync::broadcast;

/// Events that may wait for a slow tab.
const WAITING: usize = 256;

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum PersonalEvent {
    /// Somebody set or removed a star.
    Starred(EntityRef, Starred),
    /// A session ended.
    SignedOut(Secret),
}

impl PersonalEvent {
    /// Whether an actor's tabs hear of it.
    #[must_use]
    pub fn concerns(&self, actor: &Actor) -> bool {
        match self {
            Self::Starred(user, _) => actor.user.as_ref() == Some(user),
            Self::SignedOut(session) => actor.session.as_ref() == Some(session),
        }
    }
}

/// Where such events are told and heard. Clones are the same place.
#[derive(Clone)]
pub struct PersonalEvents(broadcast::Sender<PersonalEvent>);

impl Default for PersonalEvents {
    fn default() -> Self {
        Self(broadcast::Sender::new(WAITING))
    }
}

impl PersonalEvents {
    /// Tells the open streams; without any there is nobody to tell.
    pub fn tell(&self, event: PersonalEvent) {
        let _listeners = self.0.send(event);
    }

    /// Every event from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<PersonalEvent> {
        self.0.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_told_to_its_owner_alone() {
        let user = |name| EntityRef::new("user", "default", name).unwrap();
        let actor = |user: Option<EntityRef>| Actor {
            user,
            ownership: Vec::new(),
            session: Some(Secret::new("one".to_owned())),
            open_reading: true,
        };
        let starred = Starred {
            entity_ref: EntityRef::new("domain", "default", "accounts").unwrap(),
            on: true,
        };
        let event = PersonalEvent::Starred(user("runa"), starred);
        assert!(event.concerns(&actor(Some(user("runa")))));
        assert!(!event.concerns(&actor(Some(user("ask")))));
        assert!(!event.concerns(&actor(None)));
        let ended = |session: &str| PersonalEvent::SignedOut(Secret::new(session.to_owned()));
        assert!(ended("one").concerns(&actor(Some(user("runa")))));
        assert!(!ended("two").concerns(&actor(Some(user("runa")))));
    }
}
