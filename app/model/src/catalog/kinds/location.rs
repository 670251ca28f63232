//! The kind that points to more catalog files.

use super::{CATALOG_VERSIONS, Kind};
use crate::catalog::shape::{Field, Members, Shape};

pub(super) const LOCATION: Kind = Kind {
    name: "Location",
    title: "Location",
    plural: "Locations",
    icon: "location",
    api_versions: CATALOG_VERSIONS,
    spec: &Members::open(&[
        Field::optional(
            "type",
            Shape::Text,
            "how to read the targets, like file or url",
        ),
        Field::optional("target", Shape::Text, "a path or address of a catalog file"),
        Field::optional(
            "targets",
            Shape::List(&Shape::Text),
            "paths or addresses of catalog files",
        ),
        Field::optional(
            "presence",
            Shape::Choice(&["required", "optional"]),
            "whether the targets must exist",
        ),
    ]),
    references: &[],
};
