//! Who is asking: the words of identity. How someone proves it is the server's business.

mod actor;

pub use actor::{Actor, Viewer};
