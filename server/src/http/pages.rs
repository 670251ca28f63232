//! The pages: every route of the application, and what is shown where there is none.

use std::pin::Pin;
use std::sync::{Arc, LazyLock};

use app::context::Ports;
use app::site::SiteFiles;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::Response;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use leptos_axum::{
    AxumRouteListing, generate_route_list, render_app_async_with_context, render_route_with_context,
};

use super::table::{Route, Table};
use crate::identity::{Knowledge, know};

/// The page for those who may not see any other.
const SIGN_IN: &str = "/sign-in";

/// Leptos loads nothing anywhere in the process while it lists the pages, and a page that is being
/// rendered meanwhile never comes. So they are listed once, before the first is asked for.
static LISTING: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(app::App));

/// Every page that the application has, by its path.
pub fn page_paths() -> impl Iterator<Item = &'static str> {
    LISTING.iter().map(AxumRouteListing::path)
}

type Rendered = Pin<Box<dyn Future<Output = Response> + Send>>;

/// What makes a document of a request.
#[derive(Clone)]
pub(super) struct Pages {
    knowledge: Arc<Knowledge>,
    render: Arc<dyn Fn(Request) -> Rendered + Send + Sync>,
}

/// Adds every page that the application has. Pages are read; what they change, they ask of
/// server functions.
pub(super) fn add(
    table: &mut Table,
    options: &LeptosOptions,
    files: &SiteFiles,
    ports: Ports,
    known: Arc<Knowledge>,
) {
    let shell = shell(options.clone(), files.clone());
    let render = render_route_with_context(LISTING.clone(), providing(ports), shell);
    let options = options.clone();
    let pages = Pages {
        knowledge: known,
        render: Arc::new(move |request| render(State(options.clone()), request)),
    };
    for path in page_paths() {
        let route = Route::new(Method::GET, path);
        let is_open = path == SIGN_IN;
        let route = if is_open { route.open() } else { route };
        table.add(route, show, pages.clone());
    }
}

/// The page that says that there is none; it sets the status itself.
pub(super) fn missing(
    options: &LeptosOptions,
    files: &SiteFiles,
    ports: Ports,
    known: Arc<Knowledge>,
) -> Pages {
    let shell = shell(options.clone(), files.clone());
    let render = render_app_async_with_context(providing(ports), shell);
    Pages {
        knowledge: known,
        render: Arc::new(render),
    }
}

pub(super) async fn show(State(pages): State<Pages>, request: Request) -> Response {
    know(&pages.knowledge, request, |request| (pages.render)(request)).await
}

fn providing(ports: Ports) -> impl Fn() + Clone + Send + Sync + 'static {
    move || provide_context(ports.clone())
}

fn shell(
    options: LeptosOptions,
    files: SiteFiles,
) -> impl Fn() -> leptos::prelude::AnyView + Clone + Send + Sync {
    use leptos::prelude::IntoAny;
    move || app::shell(options.clone(), files.clone()).into_any()
}
