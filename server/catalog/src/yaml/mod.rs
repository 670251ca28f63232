//! YAML in, JSON values and file positions out, within limits that hold for hostile input.
//! It knows nothing of entities; configuration files go through it as well.

mod flaw;
mod json;
mod limits;
mod parse;
mod positions;
mod split;
mod stack;
mod text;
mod value;

pub use flaw::{Flaw, Position};
pub use json::parse_json;
pub use limits::Limits;
pub use parse::{Located, parse_document, parse_document_with_positions};
pub use positions::Positions;
pub use split::{RawDocument, split_documents};
pub(crate) use stack::on_deep_stacks;
pub use stack::{on_deep_stack, spawn_deep};
pub use text::decode;
