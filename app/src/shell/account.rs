//! Who is signed in, and the way in or out. A popover, so it opens without a script.

use leptos::server_fn::ServerFn;
use model::catalog::page::RefLabel;

use super::here::{sign_in_href, use_here};
use crate::boot::{BootUser, boot};
use crate::identity::api::SignOut;
use crate::prelude::*;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::icon::Icon;

/// The id of the form that signs out; the palette submits it too.
pub(crate) const SIGN_OUT: &str = "sign-out";

/// The account's button and menu, or the way to sign in.
#[component]
pub fn Account() -> impl IntoView {
    let boot = boot();
    match &boot.user {
        Some(user) => menu(user).into_any(),
        None if boot.can_sign_in => sign_in().into_any(),
        None => ().into_any(),
    }
}

fn sign_in() -> impl IntoView {
    let here = use_here();
    view! {
        <a class="btn btn--sm signin-link" href=move || sign_in_href(&here.get()) rel="nofollow">"Sign in"</a>
    }
}

fn menu(user: &BootUser) -> impl IntoView + use<> {
    let label = user.user.label.clone();
    let groups = user.groups.iter().map(group).collect_view();
    let groups = (!user.groups.is_empty()).then(|| {
        view! {
            <p class="account__label" id="account-groups">"Groups"</p>
            <ul aria-labelledby="account-groups">{groups}</ul>
        }
    });
    view! {
        <button type="button" class="me" popovertarget="account" title=label.clone()>
            <Avatar label=label.clone() person=true size=AvatarSize::Medium/>
            <span class="visually-hidden">{format!("Account: {label}")}</span>
        </button>
        <div class="pop account" id="account" popover="auto">
            <p class="account__who"><b>{label}</b><span class="muted mono">{user.user.entity_ref.to_string()}</span></p>
            {groups}
            <ul class="account__acts">
                <li><a class="opt" href=user.user.href.clone()><Icon name="user"/>"Your page"</a></li>
                <li><a class="opt" href="/settings"><Icon name="settings"/>"Settings"</a></li>
                <li>
                    <form method="post" action=SignOut::PATH id=SIGN_OUT>
                        <button type="submit" class="opt"><Icon name="log-out"/>"Sign out"</button>
                    </form>
                </li>
            </ul>
        </div>
    }
}

fn group(group: &RefLabel) -> impl IntoView + use<> {
    view! {
        <li>
            <a class="opt" href=group.href.clone()><Avatar label=group.label.clone()/><span class="truncate">{group.label.clone()}</span></a>
        </li>
    }
}
