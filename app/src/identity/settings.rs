//! `/settings`: theme, time zone, shortcuts. One form post; WebAssembly saves without leaving.

use leptos::ev::SubmitEvent;
use leptos::server_fn::ServerFn;

use super::api::{SaveSettings, SignOut};
use super::types::{Settings, Theme};
use crate::boot::{BootUser, boot};
use crate::catalog::get_form::apply;
use crate::preferences::use_preferences;
use crate::preferences::zones::{ZONES, city};
use crate::prelude::*;
use crate::shell::{Crumb, PageFrame};
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::head::PageHead;
use crate::ui::icon::Icon;
use crate::ui::note::Note;
use crate::ui::reference::RefLink;

/// The settings page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let boot = boot();
    let account = match &boot.user {
        Some(user) => account(user).into_any(),
        None => visitor(boot.can_sign_in).into_any(),
    };
    view! {
        <PageFrame title="Settings" crumbs=vec![Crumb::here("Settings")] narrow=true>
            <PageHead title="Settings"/>
            <div class="stack">
                {form(&use_preferences().now())}
                {account}
            </div>
        </PageFrame>
    }
}

fn form(settings: &Settings) -> impl IntoView + use<> {
    let preferences = use_preferences();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(settings) = read(&event) {
            preferences.save(settings, true);
        }
    };
    view! {
        <form class="panel setform" method="post" action=SaveSettings::PATH on:submit=save>
            {themes(settings.theme)}
            {zones(&settings.time_zone)}
            {shortcuts(settings.shortcuts)}
            <div class="setform__foot"><button type="submit" class="btn btn--primary">"Save"</button></div>
        </form>
    }
}

fn themes(chosen: Theme) -> impl IntoView {
    let preferences = use_preferences();
    let option = move |theme: Theme, name: &'static str, icon: &'static str| {
        // The button in the top bar changes it too.
        let now = move || preferences.get().theme == theme;
        view! {
            <label class="option">
                <input class="check" type="radio" name="theme" value=theme.as_str() checked=theme == chosen prop:checked=now/>
                <span class="ent"><Icon name=icon/>{name}</span>
            </label>
        }
    };
    view! {
        // With a script a theme is seen at once, and kept.
        <fieldset class="setform__row" on:change=apply>
            <legend class="field__label">"Theme"</legend>
            <div class="row row--wrap setform__options">
                {option(Theme::System, "System", "sliders")}
                {option(Theme::Light, "Light", "sun")}
                {option(Theme::Dark, "Dark", "moon")}
            </div>
        </fieldset>
    }
}

fn zones(chosen: &str) -> impl IntoView + use<> {
    let known = |zone: &str| view! { <option value=zone.to_owned() selected=zone == chosen>{city(zone)}</option> };
    let groups = ZONES
        .iter()
        .map(|(continent, names)| {
            view! { <optgroup label=*continent>{names.iter().map(|zone| known(zone)).collect_view()}</optgroup> }
        })
        .collect_view();
    view! {
        <div class="setform__row">
            <label class="field__label" for="time-zone">"Time zone"</label>
            <div class="field">
                <div class="selectbox">
                    <select class="select" id="time-zone" name="time_zone" aria-describedby="time-zone-help">
                        <option value="" selected=chosen.is_empty()>"The browser’s own"</option>
                        <option value="utc" selected=chosen == "utc">"UTC"</option>
                        {groups}
                    </select>
                    <Icon name="chevrons-up-down"/>
                </div>
                <p class="field__help" id="time-zone-help">"For exact times."</p>
            </div>
        </div>
    }
}

fn shortcuts(on: bool) -> impl IntoView {
    view! {
        <div class="setform__row">
            <span class="field__label" id="shortcuts-label">"Keyboard shortcuts"</span>
            <label class="option">
                <input class="switch" type="checkbox" role="switch" name="shortcuts" value="true" checked=on/>
                <span>
                    "Single keys act on pages"
                    <span class="option__help"><kbd class="kbd">"?"</kbd>" shows them all."</span>
                </span>
            </label>
        </div>
    }
}

/// What the form says, as the server would read it.
fn read(event: &SubmitEvent) -> Option<Settings> {
    use leptos::wasm_bindgen::JsCast;
    let form = event
        .target()?
        .dyn_into::<leptos::web_sys::HtmlFormElement>()
        .ok()?;
    let data = leptos::web_sys::FormData::new_with_form(&form).ok()?;
    let text = |name: &str| data.get(name).as_string().unwrap_or_default();
    Some(Settings {
        theme: text("theme").parse().unwrap_or_default(),
        time_zone: text("time_zone"),
        shortcuts: text("shortcuts") == "true",
    })
}

fn account(user: &BootUser) -> impl IntoView + use<> {
    let groups = user
        .groups
        .iter()
        .map(|group| view! { <RefLink label=group.clone()/> })
        .collect_view();
    let groups = (!user.groups.is_empty())
        .then(|| view! { <div><dt>"Groups"</dt><dd class="row--wrap">{groups}</dd></div> });
    view! {
        <section class="panel" aria-labelledby="h-account">
            <div class="panel__head">
                <h2 id="h-account">"Account"</h2>
                <form class="push" method="post" action=SignOut::PATH><button type="submit" class="btn btn--sm"><Icon name="log-out"/>"Sign out"</button></form>
            </div>
            <div class="panel__body">
                <a class="ownrow" href=user.user.href.clone()>
                    <Avatar label=user.user.label.clone() person=true size=AvatarSize::Large/>
                    <span><b>{user.user.label.clone()}</b><small class="mono">{user.user.entity_ref.to_string()}</small></span>
                    <Icon name="chevron-right"/>
                </a>
                <dl class="kv">{groups}</dl>
            </div>
        </section>
    }
}

fn visitor(can_sign_in: bool) -> impl IntoView {
    let text = if can_sign_in {
        "You are not signed in. What you set is kept in this browser; signed in, you also have stars and a list of what you own."
    } else {
        "This portal has no sign-in. What you set is kept in this browser."
    };
    let link = can_sign_in.then(|| {
        view! { <a class="btn" href="/sign-in?next=/settings" rel="nofollow"><Icon name="log-in"/>"Sign in"</a> }
    });
    view! {
        <section class="panel" aria-labelledby="h-account">
            <div class="panel__head"><h2 id="h-account">"Account"</h2></div>
            <div class="panel__body stack"><Note>{text}</Note><div>{link}</div></div>
        </section>
    }
}
