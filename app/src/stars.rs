//! The visitor's stars as the page shows them: changed at once, taken back if the server refuses,
//! and kept the same in every open browser.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::catalog::EntityRef;
use model::catalog::page::RefLabel;
use model::catalog::text::lower_case;

use crate::boot::boot;
use crate::error::PortalError;
use crate::identity::api::{fetch_starred, set_star};
use crate::identity::types::{EntityCard, Starred};
use crate::live::{Live, use_live};
use crate::order;
use crate::ui::toast::{Toasts, use_toasts};

/// The visitor's stars.
#[derive(Clone, Copy)]
pub struct Stars {
    /// By display name.
    cards: RwSignal<Vec<EntityCard>>,
    /// Asked for and not yet answered.
    pending: RwSignal<Vec<EntityRef>>,
    toasts: Toasts,
    live: Live,
    /// Whether there is somebody to have stars.
    pub signed_in: bool,
}

/// Provides the visitor's stars; after the boot, the toasts and the live signals.
pub fn provide_stars() -> Stars {
    let boot = boot();
    let stars = Stars {
        cards: RwSignal::new(boot.starred.clone()),
        pending: RwSignal::new(Vec::new()),
        toasts: use_toasts(),
        live: use_live(),
        signed_in: boot.user.is_some(),
    };
    provide_context(stars);
    stars
}

/// The visitor's stars.
#[must_use]
pub fn use_stars() -> Stars {
    use_context().unwrap_or_else(provide_stars)
}

impl Stars {
    /// The starred entities, by display name.
    #[must_use]
    pub fn cards(self) -> Vec<EntityCard> {
        self.cards.get()
    }

    /// Whether an entity is starred.
    #[must_use]
    pub fn has(self, entity_ref: &EntityRef) -> bool {
        self.cards
            .with(|cards| cards.iter().any(|card| is_of(card, entity_ref)))
    }

    /// Whether a change of its star waits for the server.
    #[must_use]
    pub fn is_pending(self, entity_ref: &EntityRef) -> bool {
        self.pending.with(|pending| pending.contains(entity_ref))
    }

    /// Stars or unstars: on the page at once, then on the server. A second click has to wait for
    /// the answer to the first.
    pub fn toggle(self, entity_ref: &EntityRef, label: &str) {
        if untrack(|| self.is_pending(entity_ref)) {
            return;
        }
        let on = !untrack(|| self.has(entity_ref));
        self.show(entity_ref, label, on);
        self.pending
            .update(|pending| pending.push(entity_ref.clone()));
        let (entity_ref, label) = (entity_ref.clone(), label.to_owned());
        spawn_local(async move {
            let answer = set_star(entity_ref.clone(), on).await;
            self.pending
                .update(|pending| pending.retain(|waiting| *waiting != entity_ref));
            self.settle(answer, entity_ref, label, on);
        });
    }

    /// Follows a change that was made in another browser.
    pub fn follow(self, change: &Starred) {
        let known = untrack(|| self.has(&change.entity_ref) == change.on);
        if known || untrack(|| self.is_pending(&change.entity_ref)) {
            return;
        }
        spawn_local(async move {
            // The next change, or the next page, brings what this answer would have.
            if let Ok(cards) = fetch_starred().await {
                self.cards.set(cards);
                self.tell();
            }
        });
    }

    fn settle(
        self,
        answer: Result<Starred, PortalError>,
        entity_ref: EntityRef,
        label: String,
        on: bool,
    ) {
        match answer {
            Ok(starred) => {
                self.show(&entity_ref, &label, starred.on);
                self.tell();
            }
            Err(error) => {
                self.show(&entity_ref, &label, !on);
                let done = if on { "starred" } else { "unstarred" };
                let title = format!("{label} was not {done}");
                let text = reason(&error);
                let retry = Arc::new(move || self.toggle(&entity_ref, &label));
                self.toasts.failed(title, text, Some(retry));
            }
        }
    }

    /// Pages that count or list stars ask again.
    fn tell(self) {
        self.live.catalog.update(|version| *version += 1);
    }

    fn show(self, entity_ref: &EntityRef, label: &str, on: bool) {
        if untrack(|| self.has(entity_ref)) == on {
            return;
        }
        self.cards.update(|cards| {
            cards.retain(|card| !is_of(card, entity_ref));
            if on {
                cards.push(card(entity_ref, label));
                *cards = order::by_key(cards.drain(..), |card| lower_case(&card.entity.label));
            }
        });
    }
}

fn reason(error: &PortalError) -> String {
    match error {
        PortalError::Transport { .. } => {
            "The server did not answer. Nothing was changed.".to_owned()
        }
        PortalError::Unauthenticated => "Your session has ended. Sign in again.".to_owned(),
        other => format!("The server refused: {other}."),
    }
}

fn is_of(card: &EntityCard, entity_ref: &EntityRef) -> bool {
    card.entity.entity_ref == *entity_ref
}

/// What the page knows of an entity that it has just starred.
fn card(entity_ref: &EntityRef, label: &str) -> EntityCard {
    EntityCard {
        entity: RefLabel {
            entity_ref: entity_ref.clone(),
            label: label.to_owned(),
            exists: true,
            href: entity_ref.path(),
        },
        kind: entity_ref.kind().to_owned(),
        spec_type: None,
        description: None,
        at: None,
    }
}
