//! What is the visitor's own: stars, visits, what their groups own.

use super::tiles::tile;
use crate::boot::boot;
use crate::catalog::types::Ownership;
use crate::identity::types::EntityCard;
use crate::prelude::*;
use crate::stars::use_stars;
use crate::ui::empty::Empty;
use crate::ui::icon::{Icon, KindIcon};
use crate::ui::moment::Moment;

/// Lines that a panel shows.
const SHOWN: usize = 8;
/// Tiles that a panel shows.
const TILES: usize = 8;

/// The visitor's stars, which move with every click on one.
#[component]
pub fn Starred() -> impl IntoView {
    let stars = use_stars();
    let list = move || match stars.cards() {
        cards if !cards.is_empty() => {
            view! { <ul class="plist">{cards.iter().take(SHOWN).map(|card| line(card, false)).collect_view()}</ul> }
        }
        _ if stars.signed_in => view! {
            <Empty icon="star" title="Nothing is starred yet" text="The star beside a name keeps it here and in the navigation.">
                <a class="btn" href="/catalog">"Open the catalog"</a>
            </Empty>
        },
        _ => visitor().into_any(),
    };
    let all = move || {
        let count = stars.cards().len();
        (count > 0).then(|| {
            view! {
                <a class="more push" href="/catalog?filters[kind]=all&filters[user]=starred">{format!("All {count}")}<Icon name="arrow-right"/></a>
            }
        })
    };
    view! {
        <section class="panel" aria-labelledby="h-starred">
            <div class="panel__head"><h2 id="h-starred">"Your starred entities"</h2>{move || all()}</div>
            {move || list()}
        </section>
    }
}

fn visitor() -> impl IntoView {
    let sign_in = boot().can_sign_in.then(
        || view! { <a class="btn btn--primary" href="/sign-in" rel="nofollow">"Sign in"</a> },
    );
    view! {
        <Empty icon="star" title="Your own corner" text="Signed in, you find here what you have starred, where you were last, and what your groups own.">
            {sign_in}
        </Empty>
    }
}

/// What the visitor looked at last.
pub(super) fn recent(cards: &[EntityCard]) -> impl IntoView + use<> {
    let list = if cards.is_empty() {
        view! { <Empty icon="history" title="Nothing was visited yet" text="The pages of services, teams and people that you open are listed here."/> }
    } else {
        let lines = cards.iter().take(SHOWN).map(|card| line(card, true));
        view! { <ul class="plist">{lines.collect_view()}</ul> }
    };
    view! {
        <section class="panel" aria-labelledby="h-recent">
            <div class="panel__head"><h2 id="h-recent">"Recently visited"</h2></div>
            {list}
        </section>
    }
}

fn line(card: &EntityCard, timed: bool) -> impl IntoView + use<> {
    let kind = card.spec_type.clone().unwrap_or_else(|| card.kind.clone());
    let missing = (!card.entity.exists)
        .then(|| view! { <span class="status status--warn"><Icon name="alert"/>"missing"</span> });
    let at = card
        .at
        .clone()
        .filter(|_| timed)
        .map(|at| view! { <span class="muted"><Moment at/></span> });
    view! {
        <li>
            <a href=card.entity.href.clone() title=card.entity.entity_ref.to_string()>
                <span class="ent"><KindIcon kind=card.entity.entity_ref.kind().to_owned()/><b>{card.entity.label.clone()}</b></span>
                <span class="muted plist__k">{kind}</span>
                {missing}
                {at}
            </a>
        </li>
    }
}

/// What the visitor and their groups own, by kind and type.
pub(super) fn owned(owned: &Ownership) -> impl IntoView + use<> {
    let tiles = owned
        .buckets
        .iter()
        .take(TILES)
        .map(|bucket| {
            let view = tile(
                bucket.href.clone(),
                &bucket.kind,
                &bucket.label,
                bucket.count,
            );
            view! { <li>{view}</li> }
        })
        .collect_view();
    let content = if owned.buckets.is_empty() {
        view! { <Empty icon="group" title="You own nothing yet" text="What a catalog file gives to you or to one of your groups is counted here."/> }
    } else {
        view! { <ul class="tiles tiles--panel">{tiles}</ul> }
    };
    view! {
        <section class="panel" aria-labelledby="h-owned">
            <div class="panel__head">
                <h2 id="h-owned">"What you own"</h2>
                <a class="more push" href="/catalog?filters[kind]=all&filters[user]=owned">{format!("All {}", owned.total)}<Icon name="arrow-right"/></a>
            </div>
            {content}
        </section>
    }
}
