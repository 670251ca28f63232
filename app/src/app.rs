//! The document and its routes.

use std::sync::Arc;

use leptos_router::components::{FlatRoutes, Redirect, Route, Router};
use leptos_router::{PossibleRouteMatch, SsrMode, path};

use crate::boot::provide_boot;
use crate::catalog::entity::EntityPage;
use crate::catalog::graph_page::GraphPage;
use crate::catalog::list::ListPage;
use crate::catalog::problems::ProblemsPage;
use crate::clock::provide_clock;
use crate::home::page::HomePage;
use crate::identity::settings::SettingsPage;
use crate::identity::sign_in::SignInPage;
use crate::live::{Events, OfflineBanner, provide_live};
use crate::palette::{PaletteDialog, provide_palette};
use crate::preferences::provide_preferences;
use crate::prelude::*;
use crate::shell::arrival::provide_arrivals;
use crate::shell::here::provide_here;
use crate::shell::{Announcer, LoadingBar, Nav};
use crate::shortcuts::Shortcuts;
use crate::stars::provide_stars;
use crate::ui::not_found::NotFound;
use crate::ui::toast::{ToastRegion, Toasts};

/// The HTML document around the application, rendered on the server only.
#[cfg(feature = "ssr")]
#[must_use]
pub fn shell(options: LeptosOptions, files: crate::site::SiteFiles) -> impl IntoView {
    use crate::identity::types::Theme;
    use crate::site::{Scripts, Style};
    use leptos_meta::MetaTags;
    crate::policy::set_content_policy();
    let boot = crate::boot::boot();
    let theme = boot.settings.theme;
    let theme = (theme != Theme::System).then(|| theme.as_str());
    let nav = crate::shell::is_rail().then_some("rail");
    leptos::view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme data-nav=nav>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/logo.svg" type="image/svg+xml"/>
                {font("inter")}
                {font("jetbrains-mono")}
                <Style files=files.clone()/>
                <AutoReload options/>
                <script type="text/plain" id=crate::boot::ELEMENT_ID inner_html=crate::boot::to_script(&boot)></script>
                <Scripts files/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Asks for a font before the style sheet names it, so that text does not move when it comes.
#[cfg(feature = "ssr")]
fn font(name: &str) -> impl IntoView + use<> {
    let href = format!("/fonts/{name}-latin-wght-normal.woff2");
    view! { <link rel="preload" href=href r#as="font" type="font/woff2" crossorigin="anonymous"/> }
}

/// The whole application; the same on the server and in the browser.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    provide_boot();
    provide_context(Toasts::default());
    provide_clock();
    provide_preferences();
    provide_live();
    provide_stars();
    let (busy, set_busy) = signal(false);
    view! {
        <a class="skip" href="#main" rel="external">"Skip to content"</a>
        <Router set_is_routing=set_busy>
            <Pages busy/>
        </Router>
        <ToastRegion/>
        <Events/>
    }
}

/// What stands inside the router: the pages, and what acts on all of them.
#[component]
fn Pages(busy: ReadSignal<bool>) -> impl IntoView {
    provide_here();
    provide_arrivals();
    provide_palette();
    view! {
        <LoadingBar busy/>
        <div class="app">
            <Nav/>
            <div class="app__col">
                <OfflineBanner/>
                <FlatRoutes fallback=NotFound>
                    <Route path=at(path!("/")) view=page(|| HomePage().into_any()) ssr=SsrMode::Async/>
                    <Route path=at(path!("/catalog")) view=page(|| ListPage().into_any()) ssr=SsrMode::Async/>
                    <Route path=at(path!("/catalog/:namespace/:kind/:name")) view=page(|| EntityPage().into_any()) ssr=SsrMode::Async/>
                    <Route path=at(path!("/catalog/:namespace/:kind/:name/:tab")) view=page(|| EntityPage().into_any()) ssr=SsrMode::Async/>
                    <Route path=at(path!("/catalog-graph")) view=page(|| GraphPage().into_any()) ssr=SsrMode::Async/>
                    <Route path=at(path!("/api-docs")) view=page(|| ApiDocs().into_any()) ssr=SsrMode::Async/>
                    <Route path=at(path!("/problems")) view=page(|| ProblemsPage().into_any()) ssr=SsrMode::Async/>
                    <Route path=at(path!("/settings")) view=page(|| SettingsPage().into_any()) ssr=SsrMode::Async/>
                    <Route path=at(path!("/sign-in")) view=page(|| SignInPage().into_any()) ssr=SsrMode::Async/>
                </FlatRoutes>
            </div>
        </div>
        <Announcer busy/>
        <PaletteDialog/>
        <Shortcuts/>
    }
}

/// The address of a page. All addresses are of one type, and all pages: the browser has the router's
/// code for them once.
fn at(
    path: impl PossibleRouteMatch + Send + Sync + 'static,
) -> Arc<dyn PossibleRouteMatch + Send + Sync> {
    Arc::new(path)
}

/// A page as the router takes it.
fn page(page: fn() -> AnyView) -> fn() -> AnyView {
    page
}

/// Backstage's address of the APIs; links in wikis keep working.
#[component]
fn ApiDocs() -> impl IntoView {
    view! { <Redirect path="/catalog?filters[kind]=api"/> }
}
