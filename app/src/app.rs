//! The document and its routes.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::boot::{boot, provide_stars};
use crate::catalog::entity::EntityPage;
use crate::catalog::graph_page::GraphPage;
use crate::catalog::list::ListPage;
use crate::catalog::problems::ProblemsPage;
use crate::home::page::HomePage;
use crate::identity::sign_in::SignInPage;
use crate::live::provide_live;
use crate::shell::Nav;
use crate::ui::not_found::NotFound;

/// The HTML document around the application, rendered on the server only.
#[cfg(feature = "ssr")]
#[must_use]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    use leptos_meta::{HashedStylesheet, MetaTags};
    crate::policy::set_content_policy();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/logo.svg" type="image/svg+xml"/>
                <HashedStylesheet id="perilune-style" options=options.clone()/>
                <AutoReload options=options.clone()/>
                <script type="application/json" id=crate::boot::ELEMENT_ID inner_html=crate::boot::to_script(&boot())></script>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The whole application; the same on the server and in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_stars();
    provide_live();
    let portal = boot().title;
    view! {
        <Title formatter=move |page: String| document_title(&page, &portal)/>
        <a class="skip" href="#main">"Skip to content"</a>
        <Router>
            <div class="app">
                <Nav/>
                <div class="app__col">
                    <Routes fallback=NotFound>
                        <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog") view=ListPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog/:namespace/:kind/:name") view=EntityPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog/:namespace/:kind/:name/:tab") view=EntityPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog-graph") view=GraphPage ssr=SsrMode::Async/>
                        <Route path=path!("/problems") view=ProblemsPage ssr=SsrMode::Async/>
                        <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
                    </Routes>
                </div>
            </div>
        </Router>
    }
}

/// The document's title. It goes into the server's document as it is, so there it is escaped
/// here; the browser takes it as text.
fn document_title(page: &str, portal: &str) -> String {
    let title = format!("{page} · {portal}");
    if cfg!(feature = "ssr") {
        title.replace('&', "&amp;").replace('<', "&lt;")
    } else {
        title
    }
}

#[cfg(test)]
mod tests {
    use super::document_title;

    #[test]
    #[cfg(feature = "ssr")]
    fn a_title_does_not_end_its_element() {
        assert_eq!(
            document_title("</title><script>", "R&D"),
            "&lt;/title>&lt;script> · R&amp;D"
        );
    }
}
