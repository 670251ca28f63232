//! `/sign-in`: a guest chooses which of the catalog's users to be. A plain form post: whoever
//! signs in gets a new document, as everything on it depends on who they are.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{SignInAsGuest, fetch_sign_in_options};
use super::types::{GuestChoice, SignInOptions};
use crate::shell::{Crumb, PageFrame};
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::empty::Empty;
use crate::ui::error_view::ErrorView;

/// The sign-in page; `?text=` narrows the users.
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let text = Memo::new(move |_| query.with(|query| query.get("text").unwrap_or_default()));
    let options = Resource::new_blocking(move || text.get(), fetch_sign_in_options);
    view! {
        <PageFrame title="Sign in" crumbs=vec![Crumb::here("Sign in")]>
            <h1>"Sign in"</h1>
            <Transition>
                {move || Suspend::new(async move {
                    match options.await {
                        Ok(options) if options.guest => choices(options, text.get_untracked()).into_any(),
                        Ok(_) => view! {
                            <Empty icon="lock" title="There is no way to sign in" text="Configure auth.providers to let people sign in."/>
                        }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        </PageFrame>
    }
}

fn choices(options: SignInOptions, text: String) -> impl IntoView {
    let shown = options.users.len();
    view! {
        <p class="soft">"Choose who to be. This is for trying the portal; there is no password."</p>
        <form method="get" action="/sign-in" role="search" class="filterbar">
            <input class="input" type="search" name="text" value=text placeholder="Name or group" aria-label="Name or group"/>
            <button class="btn" type="submit">"Search"</button>
        </form>
        <p class="muted">{format!("{shown} of {} people", options.total)}</p>
        <ul class="stack stack--2">{options.users.into_iter().map(choice).collect_view()}</ul>
    }
}

fn choice(choice: GuestChoice) -> impl IntoView {
    let label = choice.user.label.clone();
    view! {
        <li>
            <form method="post" action=SignInAsGuest::url()>
                <input type="hidden" name="user" value=choice.user.entity_ref.to_string()/>
                <input type="hidden" name="next" value="/"/>
                <button type="submit" class="btn btn--lg btn--block row">
                    <Avatar label=label.clone() person=true size=AvatarSize::Medium/>
                    <strong>{label}</strong>
                    <span class="muted">{choice.description}</span>
                    <span class="push muted">{choice.groups.join(", ")}</span>
                </button>
            </form>
        </li>
    }
}
