//! The executable itself, started, stopped and killed as an operator or a power cut would.

mod against;
mod killed;
mod server;
mod stopping;
