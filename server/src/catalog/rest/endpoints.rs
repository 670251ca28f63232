//! Everything that can be asked, in one table: it is served from, and described to programs.

use app::context::Permission;
use axum::http::Method;

use super::asked::Asked;
use super::reply::Reply;
use super::{ancestry, by_query, by_refs, entities, entity, facets, openapi};
use crate::catalog::View;
use crate::http::ApiError;

/// One thing that can be asked.
pub(super) struct Endpoint {
    pub(super) method: Method,
    /// Below the mount, in axum's notation.
    pub(super) path: &'static str,
    /// What it is for, in a line.
    pub(super) summary: &'static str,
    /// The parameters that it has.
    pub(super) parameters: &'static [&'static str],
    /// The schema of the body that it takes.
    pub(super) body: Option<&'static str>,
    /// Status and schema of the answer; without a schema it is empty.
    pub(super) answer: (u16, Option<&'static str>),
    /// Statuses of errors besides those that every request may have.
    pub(super) errors: &'static [u16],
    /// What has to be granted.
    pub(super) permission: Permission,
    pub(super) handler: Handler,
}

/// What answers.
pub(super) enum Handler {
    /// A question about the catalog as it is.
    Question(fn(&View, &Asked) -> Result<Reply, ApiError>),
    /// See [`super::actions::delete`].
    Delete,
    /// See [`super::actions::refresh`].
    Refresh,
    /// See [`super::validate::post`].
    Validate,
}

/// Most are questions about entities.
const QUESTION: Endpoint = Endpoint {
    method: Method::GET,
    path: "",
    summary: "",
    parameters: &[],
    body: None,
    answer: (200, None),
    errors: &[],
    permission: permission("catalog.entity.read", "read"),
    handler: Handler::Refresh,
};

const fn permission(name: &'static str, action: &'static str) -> Permission {
    Permission {
        plugin: "catalog",
        name,
        action,
    }
}

pub(super) static ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/entities",
        summary: "All entities that pass a filter",
        parameters: entities::PARAMETERS,
        answer: (200, Some("Entities")),
        handler: Handler::Question(entities::list),
        ..QUESTION
    },
    Endpoint {
        path: "/entities/by-query",
        summary: "A page of entities, with cursors to those around it",
        parameters: by_query::PARAMETERS,
        answer: (200, Some("EntityPage")),
        handler: Handler::Question(by_query::get),
        ..QUESTION
    },
    Endpoint {
        method: Method::POST,
        path: "/entities/by-query",
        summary: "A page of entities that meet a predicate",
        body: Some("EntityQuery"),
        answer: (200, Some("EntityPage")),
        handler: Handler::Question(by_query::post),
        ..QUESTION
    },
    Endpoint {
        method: Method::POST,
        path: "/entities/by-refs",
        summary: "Entities by their references, in the same order",
        parameters: &["filter"],
        body: Some("EntityRefs"),
        answer: (200, Some("EntitiesOrNull")),
        handler: Handler::Question(by_refs::post),
        ..QUESTION
    },
    Endpoint {
        path: "/entities/by-uid/{uid}",
        summary: "The entity with a uid",
        answer: (200, Some("Entity")),
        errors: &[404],
        handler: Handler::Question(entity::by_uid),
        ..QUESTION
    },
    Endpoint {
        method: Method::DELETE,
        path: "/entities/by-uid/{uid}",
        summary: "Ends an entity; it comes back if a source still names it",
        answer: (204, None),
        permission: permission("catalog.entity.delete", "delete"),
        handler: Handler::Delete,
        ..QUESTION
    },
    Endpoint {
        path: "/entities/by-name/{kind}/{namespace}/{name}",
        summary: "The entity with a name",
        answer: (200, Some("Entity")),
        errors: &[404],
        handler: Handler::Question(entity::by_name),
        ..QUESTION
    },
    Endpoint {
        path: "/entities/by-name/{kind}/{namespace}/{name}/ancestry",
        summary: "The entity and the Locations that it comes from",
        answer: (200, Some("Ancestry")),
        errors: &[404],
        handler: Handler::Question(ancestry::get),
        ..QUESTION
    },
    Endpoint {
        path: "/entity-facets",
        summary: "The values of keys, and how many entities have each",
        parameters: facets::PARAMETERS,
        answer: (200, Some("Facets")),
        handler: Handler::Question(facets::get),
        ..QUESTION
    },
    Endpoint {
        method: Method::POST,
        path: "/entity-facets",
        summary: "The values of keys among the entities that meet a predicate",
        body: Some("FacetQuery"),
        answer: (200, Some("Facets")),
        handler: Handler::Question(facets::post),
        ..QUESTION
    },
    Endpoint {
        method: Method::POST,
        path: "/refresh",
        summary: "Has the sources read again soon",
        body: Some("Refresh"),
        errors: &[404],
        permission: permission("catalog.entity.refresh", "update"),
        handler: Handler::Refresh,
        ..QUESTION
    },
    Endpoint {
        method: Method::POST,
        path: "/validate-entity",
        summary: "Whether the catalog would take an entity",
        body: Some("EntityToValidate"),
        permission: permission("catalog.entity.validate", "read"),
        handler: Handler::Validate,
        ..QUESTION
    },
    Endpoint {
        path: "/openapi.json",
        summary: "This description",
        answer: (200, Some("Object")),
        handler: Handler::Question(openapi::get),
        ..QUESTION
    },
];
