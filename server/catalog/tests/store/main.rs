//! The catalog's store, the same tests on both databases.

mod locations;
mod problems;
mod revisions;
mod samples;
mod scale;
