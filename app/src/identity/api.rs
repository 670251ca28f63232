//! Server functions of sign-in, stars and settings. They answer plain form posts too:
//! without WebAssembly the browser is sent back to the page that it came from.

#![allow(
    missing_docs,
    reason = "the macro makes a struct of the arguments, which are documented by name"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, PostUrl};
use model::catalog::EntityRef;

use super::types::{EntityCard, SignInOptions, Starred};
#[cfg(feature = "ssr")]
use super::types::{Settings, Theme};
use crate::error::PortalError;
use crate::wire::Call;

#[cfg(feature = "ssr")]
use crate::context::{answer, request};

/// What the sign-in page offers.
#[server(endpoint = "identity/sign-in-options", protocol = Call<GetUrl>)]
pub async fn fetch_sign_in_options(
    #[server(default)] text: String,
) -> Result<SignInOptions, PortalError> {
    let (ports, _) = request()?;
    answer(ports.identity.sign_in_options(&text).await)
}

/// Signs in as one of the catalog's users and goes to `next`, a path of ours.
#[server(endpoint = "identity/sign-in-as-guest", protocol = Call<PostUrl>)]
pub async fn sign_in_as_guest(
    user: EntityRef,
    #[server(default)] next: String,
) -> Result<(), PortalError> {
    let (ports, actor) = request()?;
    let cookie = answer(ports.identity.sign_in_as_guest(&actor, &user).await)?;
    crate::cookie::set(&cookie.header);
    crate::redirect::to_local(&next);
    Ok(())
}

/// Signs out and goes home.
#[server(endpoint = "identity/sign-out", protocol = Call<PostUrl>)]
pub async fn sign_out() -> Result<(), PortalError> {
    let (ports, actor) = request()?;
    answer(ports.identity.sign_out(&actor).await)?;
    crate::cookie::set(&crate::cookie::cleared_session());
    crate::redirect::to_local("/");
    Ok(())
}

/// Sets or removes a star.
#[server(endpoint = "identity/star", protocol = Call<PostUrl>)]
pub async fn set_star(entity_ref: EntityRef, on: bool) -> Result<Starred, PortalError> {
    let (ports, actor) = request()?;
    answer(ports.identity.set_star(&actor, &entity_ref, on).await)
}

/// The visitor's stars.
#[server(endpoint = "identity/starred", protocol = Call<GetUrl>)]
pub async fn fetch_starred() -> Result<Vec<EntityCard>, PortalError> {
    let (ports, actor) = request()?;
    answer(ports.identity.starred(&actor).await)
}

/// What the visitor looked at last, newest first.
#[server(endpoint = "identity/recent", protocol = Call<GetUrl>)]
pub async fn fetch_recent() -> Result<Vec<EntityCard>, PortalError> {
    let (ports, actor) = request()?;
    answer(ports.identity.recent(&actor).await)
}

/// Stores what the visitor has set: in the database for a signed-in user, in a cookie for everybody.
#[server(endpoint = "identity/settings", protocol = Call<PostUrl>)]
pub async fn save_settings(
    theme: String,
    #[server(default)] time_zone: String,
    #[server(default)] shortcuts: bool,
) -> Result<(), PortalError> {
    let (ports, actor) = request()?;
    let theme: Theme = theme.parse().unwrap_or_default();
    let settings = Settings {
        theme,
        time_zone,
        shortcuts,
    };
    if actor.user.is_some() {
        answer(ports.identity.save_settings(&actor, &settings).await)?;
    }
    crate::cookie::set(&crate::cookie::settings(&settings));
    Ok(())
}
