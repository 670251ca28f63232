//! `/`: search, the organisation's own links, what is the visitor's, the catalog at a glance.

use model::catalog::EntityRef;

use super::api::fetch_home;
use super::types::HomePage as Home;
use super::{links, tiles, yours};
use crate::boot::boot;
use crate::catalog::api::fetch_ownership;
use crate::catalog::types::Ownership;
use crate::error::PortalError;
use crate::identity::api::fetch_recent;
use crate::identity::types::EntityCard;
use crate::live::use_live;
use crate::prelude::*;
use crate::question::Question;
use crate::shell::{Crumb, PageFrame};
use crate::ui::error_view::ErrorView;
use crate::ui::icon::Icon;

/// Everything on the page that is not known before.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Contents {
    home: Home,
    /// Of a signed-in visitor.
    recent: Option<Vec<EntityCard>>,
    /// Of a signed-in visitor.
    owned: Option<Ownership>,
}

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    let live = use_live();
    let user = boot()
        .user
        .as_ref()
        .map(|user| user.user.entity_ref.clone());
    let contents = Question::new(move || live.catalog.get(), move |_| fetch(user.clone()));
    view! {
        <PageFrame title="Home" crumbs=vec![Crumb::here("Home")]>
            {hero()}
            <Transition>{move || Suspend::new(async move { shown(contents.answer().await) })}</Transition>
        </PageFrame>
    }
}

async fn fetch(user: Option<EntityRef>) -> Result<Contents, PortalError> {
    let home = fetch_home().await?;
    let Some(user) = user else {
        return Ok(Contents {
            home,
            recent: None,
            owned: None,
        });
    };
    Ok(Contents {
        home,
        recent: Some(fetch_recent().await?),
        owned: Some(fetch_ownership(user, true).await?),
    })
}

/// The greeting knows no clock, which the server and the browser would read differently.
fn hero() -> impl IntoView {
    let boot = boot();
    let greeting = match &boot.user {
        Some(user) => {
            let first = user
                .user
                .label
                .split_whitespace()
                .next()
                .unwrap_or_default();
            format!("Hello, {first}")
        }
        None => format!("Welcome to {}", boot.organization),
    };
    view! {
        <div class="homehero">
            <h1>{greeting}</h1>
            <form role="search" class="homesearch" method="get" action="/catalog">
                <input type="hidden" name="filters[kind]" value="all"/>
                <div class="affix">
                    <Icon name="search"/>
                    <input class="input" type="search" name="filters[text]" aria-label="Search services, APIs, teams, people" placeholder="Search services, APIs, teams, people" data-page-filter/>
                    <span class="affix__end"><button type="reset" class="btn btn--ghost btn--sm">"Clear"</button></span>
                </div>
            </form>
        </div>
    }
}

fn shown(contents: Result<Contents, PortalError>) -> AnyView {
    let contents = match contents {
        Ok(contents) => contents,
        Err(error) => return view! { <ErrorView error/> },
    };
    let config = contents.home.config;
    view! {
        {tiles::catalog(&contents.home.catalog, contents.home.problems)}
        <div class="homegrid">
            {config.toolboxes.into_iter().map(links::toolbox).collect_view()}
            <yours::Starred/>
            {contents.recent.map(|recent| yours::recent(&recent))}
            {contents.owned.map(|owned| yours::owned(&owned))}
            {links::getting_started(config.getting_started)}
        </div>
    }
}
