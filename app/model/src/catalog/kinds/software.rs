//! Kinds that describe software: Component, API, Resource, System, Domain.

use super::{CATALOG_VERSIONS, Kind, Reference};
use crate::catalog::relation_type::RelationType;
use crate::catalog::shape::{Field, Members, Shape};

const OWNER_MEANING: &str = "who owns it, like my-team or user:jane";

const OWNER: Field = Field::required("owner", Shape::Text, OWNER_MEANING);

const LIFECYCLE: Field = Field::required(
    "lifecycle",
    Shape::Text,
    "how far it is, like experimental, production or deprecated",
);

const SYSTEM: Field = Field::optional("system", Shape::Text, "the system it is part of");

const DEPENDS_ON: Field = Field::optional(
    "dependsOn",
    Shape::List(&Shape::Text),
    "what it needs to work, each with its kind, like resource:my-database",
);

const OWNED_BY: Reference = Reference::to("owner", RelationType::OwnedBy, "Group");
const PART_OF_SYSTEM: Reference = Reference::to("system", RelationType::PartOf, "System");
const DEPENDS: Reference = Reference::to_any("dependsOn", RelationType::DependsOn);
const DEPENDENCY: Reference = Reference::to_any("dependencyOf", RelationType::DependencyOf);

pub(super) const COMPONENT: Kind = Kind {
    name: "Component",
    title: "Component",
    plural: "Components",
    icon: "component",
    api_versions: CATALOG_VERSIONS,
    spec: &Members::open(&[
        Field::required(
            "type",
            Shape::Text,
            "what it is, like service, website or library",
        ),
        LIFECYCLE,
        OWNER,
        SYSTEM,
        Field::optional("subcomponentOf", Shape::Text, "the component it is part of"),
        Field::optional(
            "providesApis",
            Shape::List(&Shape::Text),
            "the APIs it offers",
        ),
        Field::optional(
            "consumesApis",
            Shape::List(&Shape::Text),
            "the APIs it calls",
        ),
        DEPENDS_ON,
    ]),
    references: &[
        OWNED_BY,
        Reference::to("subcomponentOf", RelationType::PartOf, "Component"),
        Reference::to("providesApis", RelationType::ProvidesApi, "API"),
        Reference::to("consumesApis", RelationType::ConsumesApi, "API"),
        DEPENDS,
        DEPENDENCY,
        PART_OF_SYSTEM,
    ],
};

pub(super) const API: Kind = Kind {
    name: "API",
    title: "API",
    plural: "APIs",
    icon: "api",
    api_versions: CATALOG_VERSIONS,
    spec: &Members::open(&[
        Field::required(
            "type",
            Shape::Text,
            "its format, like openapi, asyncapi, graphql or grpc",
        ),
        LIFECYCLE,
        OWNER,
        Field::required(
            "definition",
            Shape::Text,
            "the definition itself as text, or $text with the path of its file",
        ),
        SYSTEM,
    ]),
    references: &[OWNED_BY, PART_OF_SYSTEM],
};

pub(super) const RESOURCE: Kind = Kind {
    name: "Resource",
    title: "Resource",
    plural: "Resources",
    icon: "resource",
    api_versions: CATALOG_VERSIONS,
    spec: &Members::open(&[
        Field::required(
            "type",
            Shape::Text,
            "what it is, like database, s3-bucket or queue",
        ),
        OWNER,
        DEPENDS_ON,
        SYSTEM,
    ]),
    references: &[OWNED_BY, DEPENDS, DEPENDENCY, PART_OF_SYSTEM],
};

pub(super) const SYSTEM_KIND: Kind = Kind {
    name: "System",
    title: "System",
    plural: "Systems",
    icon: "system",
    api_versions: CATALOG_VERSIONS,
    spec: &Members::open(&[
        OWNER,
        Field::optional("domain", Shape::Text, "the domain it belongs to"),
        Field::optional(
            "type",
            Shape::Text,
            "what it is, like product or feature-set",
        ),
    ]),
    references: &[
        OWNED_BY,
        Reference::to("domain", RelationType::PartOf, "Domain"),
    ],
};

pub(super) const DOMAIN: Kind = Kind {
    name: "Domain",
    title: "Domain",
    plural: "Domains",
    icon: "domain",
    api_versions: CATALOG_VERSIONS,
    spec: &Members::open(&[
        OWNER,
        Field::optional("subdomainOf", Shape::Text, "the domain it is part of"),
        Field::optional("type", Shape::Text, "what it is, like product-area"),
    ]),
    references: &[
        OWNED_BY,
        Reference::to("subdomainOf", RelationType::PartOf, "Domain"),
    ],
};
