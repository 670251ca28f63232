//! The one place where routes are registered, each behind its guard, so that none can be
//! forgotten and whatever has to hold for each can be checked for all.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, on};

use super::guard::{self, Access, Guard};

/// One thing that can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// With which method.
    pub method: Method,
    /// Where: a path in axum's notation.
    pub path: String,
    /// By whom.
    pub access: Access,
    /// Whether it is of an interface for programs.
    pub is_api: bool,
}

impl Route {
    /// Readers may `GET`; whoever does more has signed in. An exception has to be made by name.
    pub(crate) fn new(method: Method, path: &str) -> Self {
        let access = if method == Method::GET {
            Access::Readers
        } else {
            Access::SignedIn
        };
        Self {
            method,
            path: path.to_owned(),
            access,
            is_api: false,
        }
    }

    /// Programs ask, and read errors in Backstage's shape.
    pub(crate) fn api(mut self) -> Self {
        self.is_api = true;
        self
    }

    /// A change that programs may make, too.
    pub(crate) fn writing(mut self) -> Self {
        self.access = Access::Writers;
        self
    }

    /// Anybody may ask.
    pub(super) fn open(mut self) -> Self {
        self.access = Access::Anybody;
        self
    }

    /// A question that is too large for an address: readers may ask.
    pub(crate) fn reading(mut self) -> Self {
        self.access = Access::Readers;
        self
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
    pub(crate) fn add<H, T, S>(&mut self, route: Route, handler: H, state: S)
    where
        H: Handler<T, S>,
        T: 'static,
        S: Clone + Send + Sync + 'static,
    {
        let Ok(filter) = MethodFilter::try_from(route.method.clone()) else {
            tracing::error!(?route, "a route with this method cannot be served");
            return;
        };
        let guard = from_fn_with_state(
            Guard {
                access: route.access,
                is_api: route.is_api,
            },
            guard::check,
        );
        let answers = on(filter, handler).with_state(state).route_layer(guard);
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
