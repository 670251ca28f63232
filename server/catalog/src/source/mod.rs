//! Files, read through a directory capability: nothing outside a location's own tree is ever
//! opened, whatever links and paths inside it say. And addresses on the web, read beside the
//! passes that ask for them. It knows nothing of YAML or entities.

mod error;
mod path;
mod stamp;
mod target;
mod tree;
mod walk;
mod web;

pub use error::SourceError;
pub use path::normalized;
pub use stamp::Stamp;
pub use target::{Expansion, expand, is_yaml, root_of, stands_for};
pub use tree::Tree;
pub use walk::{Bad, MAX_FILES};
pub use web::{Renewal, Web};
