//! The portal as a client sees it: requests to the real router, over a database and catalog files
//! of their own.

mod counting;
mod events;
mod foreign;
mod github;
mod guards;
mod headers;
mod hostile;
mod known;
mod limits;
mod locations;
mod portal;
mod programs;
mod rest;
mod rest_actions;
mod sessions;
mod settings;
mod site;
mod stand_in;
mod webhooks;
