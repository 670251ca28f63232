//! What files say becomes what the catalog holds: each test is files in, refs and problems out.

mod conflicts;
mod hostile;
mod locations;
mod revisions;
mod rules;
mod web;
mod world;
