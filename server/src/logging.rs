//! Logs for people, or JSON for machines, on standard error. `RUST_LOG` narrows them.

use tracing_subscriber::EnvFilter;

/// What is heard unless `RUST_LOG` says otherwise. What PostgreSQL tells each of its connections
/// when it shuts down, whoever waits for an answer tells once.
const USUAL: &str = "info,sqlx=warn,sqlx::postgres::notice=error";

/// Starts logging. A second call does nothing.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(USUAL));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let started = if json {
        builder.json().try_init()
    } else {
        builder.with_target(false).try_init()
    };
    if let Err(error) = started {
        eprintln!("logging was started before: {error}");
    }
}
