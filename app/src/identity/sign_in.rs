//! `/sign-in`: a guest chooses which of the catalog's users to be.

use std::time::Duration;

use leptos::html;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{SignInAsGuest, fetch_sign_in_options};
use super::types::{GuestChoice, SignInOptions};
use crate::boot::boot;
use crate::catalog::get_form::replace;
use crate::error::PortalError;
use crate::prelude::*;
use crate::question::Question;
use crate::reactive::{Later, memo};
use crate::shell::arrival::arrive;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::brand::Mark;
use crate::ui::document::Title;
use crate::ui::empty::Empty;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::Icon;

/// The sign-in page; `?text=` narrows the users, `?next=` is where one comes from.
#[component]
pub fn SignInPage() -> impl IntoView {
    arrive();
    let query = use_query_map();
    let of = move |name: &'static str| {
        memo(move || query.with(|query| query.get(name).unwrap_or_default()))
    };
    let (text, next) = (of("text"), of("next"));
    let options = Question::new(move || text.get(), fetch_sign_in_options);
    let boot = boot();
    view! {
        <Title text="Sign in"/>
        <main class="signin" id="main" tabindex="-1">
            {orbits()}
            <div class="signin__card signin__card--wide">
                <div class="signin__brand"><Mark class="signin__mark"/><span class="brand__name">{boot.title.clone()}</span></div>
                <h1>{format!("Sign in to {}’s portal", boot.organization)}</h1>
                {already()}
                <Transition>
                    {move || Suspend::new(async move {
                        answered(options.answer().await, &text.get_untracked(), &next.get_untracked())
                    })}
                </Transition>
            </div>
            <footer class="signin__foot muted">
                <span>{boot.organization.clone()}</span>
                <a class="btn btn--ghost btn--sm" href="/">"Home"</a>
            </footer>
        </main>
    }
}

fn answered(options: Result<SignInOptions, PortalError>, text: &str, next: &str) -> AnyView {
    match options {
        Ok(options) if options.guest => choices(options, text, next).into_any(),
        Ok(_) => view! {
            <Empty icon="lock" title="There is no way to sign in" text="Whoever runs this portal has not configured a sign-in provider (auth.providers). What is open to everybody can be read without one."/>
        },
        Err(error) => view! { <ErrorView error/> },
    }
}

fn choices(options: SignInOptions, text: &str, next: &str) -> impl IntoView + use<> {
    let shown = options.users.len();
    let summary = match (shown, options.total) {
        (0, _) => "Nobody has this name or is in such a group".to_owned(),
        (shown, total) => format!("{shown} of {total} people"),
    };
    let rest = match options
        .total
        .saturating_sub(u32::try_from(shown).unwrap_or(u32::MAX))
    {
        more if more > 0 && text.is_empty() => format!("{more} more: type a name"),
        _ => String::new(),
    };
    let form = NodeRef::<html::Form>::new();
    let later = Later::default();
    let people = options
        .users
        .into_iter()
        .map(|user| choice(user, next))
        .collect_view();
    view! {
        <p class="soft">"Choose who you are. This provider asks for no password: it is for trying the portal."</p>
        <form method="get" action="/sign-in" role="search" class="signin__search" node_ref=form
            on:submit=replace(|query| format!("/sign-in?{query}"))>
            {(!next.is_empty()).then(|| view! { <input type="hidden" name="next" value=next.to_owned()/> })}
            <div class="affix">
                <Icon name="search"/>
                <input class="input" type="search" name="text" value=text.to_owned() placeholder="Name or group" aria-label="Name or group" autocomplete="off" data-page-filter
                    on:input=move |_| send_soon(form, later)/>
            </div>
            <button class="btn" type="submit">"Search"</button>
        </form>
        <p class="signin__count muted" role="status">{summary}</p>
        <ul class="people">{people}</ul>
        {(!rest.is_empty()).then(|| view! { <p class="signin__count signin__rest muted">{rest}</p> })}
    }
}

/// The list follows this long after the last key.
const PAUSE: Duration = Duration::from_millis(200);

/// Sends the form, unless another key comes first.
fn send_soon(form: NodeRef<html::Form>, later: Later) {
    later.act(PAUSE, move || {
        if let Some(form) = form.try_get_untracked().flatten() {
            // The field takes any text.
            let _sent = form.request_submit();
        }
    });
}

/// Who is signed in already, before somebody else is chosen.
fn already() -> Option<AnyView> {
    let boot = boot();
    let user = boot.user.as_ref()?;
    let (href, label) = (user.user.href.clone(), user.user.label.clone());
    Some(view! { <p class="soft">"Signed in as "<a class="link" href=href>{label}</a>"."</p> })
}

/// A person is a form: the post sets the cookie and the page loads anew as theirs.
fn choice(choice: GuestChoice, next: &str) -> impl IntoView + use<> {
    let label = choice.user.label.clone();
    let what: Vec<String> = choice
        .description
        .into_iter()
        .chain((!choice.groups.is_empty()).then(|| choice.groups.join(", ")))
        .collect();
    view! {
        <li>
            <form method="post" action=SignInAsGuest::PATH>
                <input type="hidden" name="user" value=choice.user.entity_ref.to_string()/>
                <input type="hidden" name="next" value=next.to_owned()/>
                <button type="submit" class="person">
                    <Avatar label=label.clone() person=true size=AvatarSize::Large/>
                    <span class="person__text"><b>{label}</b><small>{what.join(" · ")}</small></span>
                    <Icon name="arrow-right"/>
                </button>
            </form>
        </li>
    }
}

fn orbits() -> impl IntoView {
    view! {
        <svg class="orbits" viewBox="0 0 1440 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <g transform="rotate(-24 720 450)">
                <ellipse cx="560" cy="450" rx="470" ry="352"></ellipse>
                <ellipse cx="470" cy="450" rx="620" ry="470"></ellipse>
                <ellipse cx="360" cy="450" rx="800" ry="610"></ellipse>
                <ellipse cx="230" cy="450" rx="1010" ry="770"></ellipse>
                <circle class="orbits__dot" cx="1030" cy="450" r="6"></circle>
                <circle class="orbits__far" cx="1090" cy="450" r="3"></circle>
            </g>
        </svg>
    }
}
