//! The one place where routes are registered, so that whatever has to hold for each of them can
//! be checked for all of them.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, on};

/// One thing that can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// With which method.
    pub method: Method,
    /// Where: a path in axum's notation.
    pub path: String,
}

impl Route {
    pub(super) fn new(method: Method, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
        }
    }
}

/// Everything that can be asked, with what answers it.
#[derive(Default)]
pub struct Table {
    router: Router,
    routes: Vec<Route>,
}

impl Table {
    /// Adds a route. A method that no route can have is left out, and said.
    pub(super) fn add<H, T, S>(&mut self, route: Route, handler: H, state: S)
    where
        H: Handler<T, S>,
        T: 'static,
        S: Clone + Send + Sync + 'static,
    {
        let Ok(filter) = MethodFilter::try_from(route.method.clone()) else {
            tracing::error!(?route, "a route with this method cannot be served");
            return;
        };
        let answers = on(filter, handler).with_state(state);
        let router = std::mem::take(&mut self.router);
        self.router = router.route(&route.path, answers);
        self.routes.push(route);
    }

    /// What can be asked.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    pub(super) fn into_router(self) -> Router {
        self.router
    }
}
