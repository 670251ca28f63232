//! Kinds that describe people: Group and User.

use super::{CATALOG_VERSIONS, Kind, Reference};
use crate::catalog::relation_type::RelationType;
use crate::catalog::shape::{Field, Members, Shape};

const PROFILE: Field = Field::optional(
    "profile",
    Shape::Object(&Members::open(&[
        Field::optional("displayName", Shape::Text, "the name to show"),
        Field::optional("email", Shape::Text, "an e-mail address"),
        Field::optional("picture", Shape::Text, "the address of a picture"),
    ])),
    "displayName, email and picture",
);

pub(super) const GROUP: Kind = Kind {
    name: "Group",
    title: "Group",
    plural: "Groups",
    icon: "group",
    api_versions: CATALOG_VERSIONS,
    spec: &Members::open(&[
        Field::required("type", Shape::Text, "what it is, like team or department"),
        Field::required(
            "children",
            Shape::List(&Shape::Text),
            "the groups directly below it; write [] if there are none",
        ),
        Field::optional("parent", Shape::Text, "the group above it"),
        Field::optional("members", Shape::List(&Shape::Text), "the users in it"),
        PROFILE,
    ]),
    references: &[
        Reference::to("parent", RelationType::ChildOf, "Group"),
        Reference::to("children", RelationType::ParentOf, "Group"),
        Reference::to("members", RelationType::HasMember, "User"),
    ],
};

pub(super) const USER: Kind = Kind {
    name: "User",
    title: "User",
    plural: "Users",
    icon: "user",
    api_versions: CATALOG_VERSIONS,
    spec: &Members::open(&[
        Field::required(
            "memberOf",
            Shape::List(&Shape::Text),
            "the groups the user is directly in; write [] if there are none",
        ),
        PROFILE,
    ]),
    references: &[Reference::to("memberOf", RelationType::MemberOf, "Group")],
};
