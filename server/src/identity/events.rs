//! What happens to one person: told to the event streams of their own open tabs, and to nobody
//! else's. It comes from the change feed, so that it does not matter which replica did it.

use app::context::Actor;
use app::identity::types::Starred;
use db::feed::{Event, changed_or_after};
use db::{Feed, Outage, Result};
use identity::{SESSION_TOPIC, SessionToken, starred_by};
use model::catalog::EntityRef;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

/// Events that may wait for a slow tab.
const WAITING: usize = 256;
/// Events a reading of the feed.
const EVENTS: u32 = 1_000;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonalEvent {
    /// Somebody set or removed a star.
    Starred(EntityRef, Starred),
    /// The session with this id ended.
    SignedOut(String),
}

/// Whose events a tab is told.
pub struct Listener {
    user: Option<EntityRef>,
    session: Option<String>,
}

impl Listener {
    /// The tabs of an actor.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        let token = actor.session.as_ref();
        Self {
            user: actor.user.clone(),
            session: token
                .and_then(|token| SessionToken::parse(token.as_str()))
                .map(|token| token.session_id()),
        }
    }
}

impl PersonalEvent {
    fn of(event: &Event) -> Option<Self> {
        if event.topic == SESSION_TOPIC {
            return Some(Self::SignedOut(event.key.clone()));
        }
        let starred = Starred {
            entity_ref: EntityRef::parse(&event.key).ok()?,
            on: event.payload == "true",
        };
        Some(Self::Starred(starred_by(&event.topic)?, starred))
    }

    /// Whether a listener is to hear of it.
    #[must_use]
    pub fn concerns(&self, listener: &Listener) -> bool {
        match self {
            Self::Starred(user, _) => listener.user.as_ref() == Some(user),
            Self::SignedOut(session) => listener.session.as_ref() == Some(session),
        }
    }
}

/// Where such events are heard. Clones are the same place.
#[derive(Clone)]
pub struct PersonalEvents(broadcast::Sender<PersonalEvent>);

impl Default for PersonalEvents {
    fn default() -> Self {
        Self(broadcast::Sender::new(WAITING))
    }
}

impl PersonalEvents {
    /// Every event from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<PersonalEvent> {
        self.0.subscribe()
    }

    /// Tells what the feed brings from now on, until it is told to stop.
    pub async fn follow(self, feed: Feed, stop: CancellationToken) {
        let mut head = feed.watch();
        let mut seq = *head.borrow_and_update();
        let mut outage = Outage::of("telling people what happens");
        let following = async {
            let mut wait = None;
            while changed_or_after(&mut head, wait).await {
                head.mark_unchanged();
                wait = outage.noted(self.catch_up(&feed, &mut seq).await);
            }
        };
        stop.run_until_cancelled(following).await;
    }

    async fn catch_up(&self, feed: &Feed, seq: &mut i64) -> Result<()> {
        loop {
            let events = feed.since(*seq, EVENTS).await?;
            let Some(last) = events.last() else {
                return Ok(());
            };
            *seq = last.seq;
            for event in events.iter().filter_map(PersonalEvent::of) {
                // An error means that no tab is open.
                let _listeners = self.0.send(event);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use app::context::Secret;
    use chrono::Utc;
    use identity::star_topic;

    use super::*;

    fn event(topic: &str, key: &str, payload: &str) -> Option<PersonalEvent> {
        PersonalEvent::of(&Event {
            seq: 1,
            at: Utc::now(),
            topic: topic.to_owned(),
            key: key.to_owned(),
            payload: payload.to_owned(),
        })
    }

    #[test]
    fn a_star_and_the_end_of_a_session_are_told_to_those_whose_they_are() {
        let user = |name| EntityRef::new("user", "default", name).unwrap();
        let token = SessionToken::generate();
        let listener = |name| {
            Listener::of(&Actor {
                user: Some(user(name)),
                ownership: Vec::new(),
                session: Some(Secret::new(token.secret())),
                program: None,
                open_reading: true,
            })
        };
        let nobody = Listener {
            user: None,
            session: None,
        };
        let star = event(&star_topic(&user("runa")), "domain:default/a", "true").unwrap();
        assert!(star.concerns(&listener("runa")));
        assert!(!star.concerns(&listener("ask")) && !star.concerns(&nobody));
        let ended = |id: &str| event(SESSION_TOPIC, id, "null").unwrap();
        assert!(ended(&token.session_id()).concerns(&listener("runa")));
        assert!(!ended("another").concerns(&listener("runa")));
        assert!(!ended(&token.session_id()).concerns(&nobody));
        assert_eq!(event("catalog", "domain:default/a", "true"), None);
    }
}
