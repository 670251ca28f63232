//! From files, on disk and on the web, to what the catalog should be: a pure decision over what files say, what
//! configuration allows, and what the catalog already holds. Running it twice changes nothing.

mod address;
mod decide;
mod document;
mod emission;
mod file;
mod ground;
mod links;
mod owners;
mod placeholder;
pub(crate) mod problem;
mod reader;
mod scope;
mod survey;
mod surveyor;
mod targets;
#[cfg(test)]
mod tests;

pub use decide::decide;
pub use emission::Emission;
pub use owners::{Owner, Owners};
pub(crate) use owners::{location_of, path_of as location_path};
pub use reader::Reader;
pub use survey::{Sources, Survey, survey};
pub(crate) use targets::leads_to;
pub use targets::{Target, Targets};
