//! Everything that can be asked, in one table.

use app::context::Permission;
use axum::http::Method;

use super::asked::Asked;
use super::reply::Reply;
use super::{ancestry, by_query, by_refs, entities, entity, facets};
use crate::catalog::View;
use crate::http::ApiError;

/// One thing that can be asked.
pub(super) struct Endpoint {
    pub(super) method: Method,
    /// Below the mount, in axum's notation.
    pub(super) path: &'static str,
    /// The parameters that it has.
    pub(super) parameters: &'static [&'static str],
    /// What has to be granted.
    pub(super) permission: Permission,
    pub(super) handler: Handler,
}

/// What answers.
pub(super) enum Handler {
    /// A question about the catalog as it is.
    Question(fn(&View, &Asked) -> Result<Reply, ApiError>),
    Delete,
    Refresh,
    Validate,
}

const READ: Permission = permission("catalog.entity.read", "read");
const DELETE: Permission = permission("catalog.entity.delete", "delete");
const REFRESH: Permission = permission("catalog.entity.refresh", "update");
const VALIDATE: Permission = permission("catalog.entity.validate", "read");

const fn permission(name: &'static str, action: &'static str) -> Permission {
    Permission {
        plugin: "catalog",
        name,
        action,
    }
}

const fn question(
    method: Method,
    path: &'static str,
    parameters: &'static [&'static str],
    answer: fn(&View, &Asked) -> Result<Reply, ApiError>,
) -> Endpoint {
    Endpoint {
        method,
        path,
        parameters,
        permission: READ,
        handler: Handler::Question(answer),
    }
}

const fn action(
    method: Method,
    path: &'static str,
    permission: Permission,
    handler: Handler,
) -> Endpoint {
    Endpoint {
        method,
        path,
        parameters: &[],
        permission,
        handler,
    }
}

pub(super) static ENDPOINTS: &[Endpoint] = &[
    question(
        Method::GET,
        "/entities",
        entities::PARAMETERS,
        entities::list,
    ),
    question(
        Method::GET,
        "/entities/by-query",
        by_query::PARAMETERS,
        by_query::get,
    ),
    question(Method::POST, "/entities/by-query", &[], by_query::post),
    question(
        Method::POST,
        "/entities/by-refs",
        &["filter"],
        by_refs::post,
    ),
    question(Method::GET, "/entities/by-uid/{uid}", &[], entity::by_uid),
    action(
        Method::DELETE,
        "/entities/by-uid/{uid}",
        DELETE,
        Handler::Delete,
    ),
    question(
        Method::GET,
        "/entities/by-name/{kind}/{namespace}/{name}",
        &[],
        entity::by_name,
    ),
    question(
        Method::GET,
        "/entities/by-name/{kind}/{namespace}/{name}/ancestry",
        &[],
        ancestry::get,
    ),
    question(
        Method::GET,
        "/entity-facets",
        &["facet", "filter"],
        facets::get,
    ),
    question(Method::POST, "/entity-facets", &[], facets::post),
    action(Method::POST, "/refresh", REFRESH, Handler::Refresh),
    action(
        Method::POST,
        "/validate-entity",
        VALIDATE,
        Handler::Validate,
    ),
];
