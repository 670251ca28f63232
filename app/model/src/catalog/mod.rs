//! The catalog's words: entities, their references, rules, relations and questions about them.

pub mod changes;
pub mod defaults;
pub mod entity;
pub mod entity_ref;
pub mod fields;
pub mod filter;
mod hash;
pub mod index;
pub mod kinds;
pub mod location_ref;
pub mod page;
pub mod problem;
pub mod query;
pub mod relation_type;
pub mod relations;
mod safety;
pub mod scm;
mod shape;
pub mod status;
pub mod text;
pub mod validate;
pub mod view;
pub mod well_known;

pub use defaults::{apply_defaults, set_annotation};
pub use entity::{Entity, EntityError, shared, with_relations};
pub use entity_ref::{CompoundRef, DEFAULT_NAMESPACE, EntityRef, EntityRefError};
pub use kinds::{Kind, KindSet};
pub use location_ref::{LocationRef, LocationRefError};
pub use problem::{JsonPath, Problem, Severity};
pub use relation_type::RelationType;
pub use relations::{Declared, Relation};
pub use status::{Status, StatusError, StatusItem};
pub use validate::validate;
pub use view::{EntityView, Link};
