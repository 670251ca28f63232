//! What the primitives put into the page.

use model::catalog::EntityRef;
use model::catalog::page::RefLabel;

use super::copy::CopyButton;
use super::empty::Empty;
use super::error_view::ErrorView;
use super::head::PageHead;
use super::moment::Moment;
use super::note::{Note, Tone};
use super::reference::{OwnerLink, RefLink};
use super::star::Star;
use crate::error::PortalError;
use crate::prelude::*;

const HOSTILE: &str = "<script>alert(1)</script>\"'";

fn label(name: &str, exists: bool) -> RefLabel {
    let entity_ref = EntityRef::parse("group:squad-aura").unwrap();
    RefLabel {
        href: entity_ref.path(),
        entity_ref,
        label: name.to_owned(),
        exists,
    }
}

fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}

#[test]
fn names_are_text_wherever_they_stand() {
    let hostile = || label(HOSTILE, true);
    let pages = [
        html(|| view! { <RefLink label=hostile()/> }),
        html(|| view! { <OwnerLink owner=hostile()/> }),
        html(|| view! { <Star entity_ref=hostile().entity_ref label=HOSTILE.to_owned()/> }),
        html(|| view! { <Empty icon="star" title=HOSTILE text=HOSTILE/> }),
        html(|| view! { <PageHead title=HOSTILE count=3_u32/> }),
        html(|| view! { <Note tone=Tone::Warn>{HOSTILE}</Note> }),
        html(|| view! { <Moment at=HOSTILE.to_owned()/> }),
        html(|| view! { <CopyButton text=HOSTILE.to_owned() label="Copy"/> }),
        html(|| view! { <ErrorView error=PortalError::not_found(HOSTILE)/> }),
    ];
    for page in pages {
        assert!(!page.contains("<script"), "{page}");
    }
}

#[test]
fn a_missing_entity_says_so_in_words() {
    let missing = label("squad-gone", false);
    assert!(html(|| view! { <RefLink label=missing.clone()/> }).contains("missing"));
    assert!(html(|| view! { <OwnerLink owner=missing/> }).contains("does not exist"));
}

#[test]
fn a_visitor_is_asked_to_sign_in_before_starring() {
    let star = html(
        || view! { <Star entity_ref=label("Aura", true).entity_ref label="Aura".to_owned()/> },
    );
    assert!(star.contains("href=\"/sign-in\""), "{star}");
    assert!(star.contains("aria-label=\"Star Aura\""), "{star}");
}

#[test]
fn a_time_is_absolute_in_the_first_paint() {
    let moment = html(|| view! { <Moment at="2024-01-16T18:14:37Z".to_owned()/> });
    assert!(
        moment.contains("datetime=\"2024-01-16T18:14:37Z\""),
        "{moment}"
    );
    assert!(moment.contains(">2024-01-16 18:14 UTC<"), "{moment}");
}

#[test]
fn an_error_says_what_why_and_what_now() {
    let internal = PortalError::Internal {
        request_id: "01JDF7Q2M9".to_owned(),
    };
    let page = html(|| view! { <ErrorView error=internal/> });
    assert!(
        page.contains("01JDF7Q2M9") && page.contains("Try again"),
        "{page}"
    );
    let forbidden = PortalError::Forbidden {
        action: "replay in prod".to_owned(),
        who: "Squad Horizon’s leads".to_owned(),
    };
    let page = html(|| view! { <ErrorView error=forbidden/> });
    assert!(
        page.contains("You may not replay in prod; Squad Horizon’s leads can grant it."),
        "{page}"
    );
    let page = html(|| view! { <ErrorView error=PortalError::Unauthenticated/> });
    assert!(page.contains("href=\"/sign-in\""), "{page}");
}
