//! The one query engine: a columnar index of entities that answers filters, text, ordering,
//! facets and relations. Entity bodies are not in it; they are a store beside it.

mod field_spec;

pub use field_spec::FieldSpec;
