//! Who is looking, and what they keep an eye on.

pub mod types;
