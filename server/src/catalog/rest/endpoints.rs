//! Everything that can be asked, in one table: it is served from, and described to programs.

use app::context::Permission;
use axum::http::Method;

use super::asked::Asked;
use super::reply::Reply;
use super::{ancestry, by_query, by_refs, entities, entity, facets, locations, openapi, validate};
use crate::catalog::{CatalogAdapter, View};
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
    /// A question about what the catalog is made from.
    Service(fn(&CatalogAdapter, &Asked) -> Result<Reply, ApiError>),
    /// See [`super::actions::delete`].
    Delete,
    /// See [`super::actions::refresh`].
    Refresh,
    /// See [`super::analyze::post`].
    Analyze,
    /// See [`super::locations::register`].
    Register,
    /// See [`super::locations::relocate`].
    Relocate,
    /// See [`super::locations::unregister`].
    Unregister,
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
        handler: Handler::Service(validate::post),
        ..QUESTION
    },
    Endpoint {
        path: "/locations",
        summary: "The registered locations",
        answer: (200, Some("LocationList")),
        permission: permission("catalog.location.read", "read"),
        handler: Handler::Service(locations::list),
        ..QUESTION
    },
    Endpoint {
        method: Method::POST,
        path: "/locations",
        summary: "Registers a location, or tells what it would bring",
        parameters: locations::PARAMETERS,
        body: Some("NewLocation"),
        answer: (201, Some("Registered")),
        errors: &[409, 503],
        permission: permission("catalog.location.create", "create"),
        handler: Handler::Register,
    },
    Endpoint {
        method: Method::POST,
        path: "/locations/by-query",
        summary: "A page of the registered locations that meet a predicate",
        body: Some("LocationQuery"),
        answer: (200, Some("LocationPage")),
        permission: permission("catalog.location.read", "read"),
        handler: Handler::Service(locations::by_query),
        ..QUESTION
    },
    Endpoint {
        path: "/locations/by-entity/{kind}/{namespace}/{name}",
        summary: "The registered location that an entity comes from",
        answer: (200, Some("Location")),
        errors: &[404],
        permission: permission("catalog.location.read", "read"),
        handler: Handler::Service(locations::by_entity),
        ..QUESTION
    },
    Endpoint {
        path: "/locations/{id}",
        summary: "A registered location",
        answer: (200, Some("Location")),
        errors: &[404],
        permission: permission("catalog.location.read", "read"),
        handler: Handler::Service(locations::get),
        ..QUESTION
    },
    Endpoint {
        method: Method::PUT,
        path: "/locations/{id}",
        summary: "Gives a registered location another target",
        body: Some("NewTarget"),
        answer: (200, Some("Location")),
        errors: &[404, 409],
        permission: permission("catalog.location.create", "create"),
        handler: Handler::Relocate,
        ..QUESTION
    },
    Endpoint {
        method: Method::DELETE,
        path: "/locations/{id}",
        summary: "Ends a registered location, and what came from it alone",
        answer: (204, None),
        errors: &[404],
        permission: permission("catalog.location.delete", "delete"),
        handler: Handler::Unregister,
        ..QUESTION
    },
    Endpoint {
        method: Method::POST,
        path: "/analyze-location",
        summary: "Which catalog files a repository has, or what one could say",
        body: Some("LocationToAnalyze"),
        answer: (200, Some("Analysis")),
        errors: &[503],
        permission: permission("catalog.location.analyze", "read"),
        handler: Handler::Analyze,
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
