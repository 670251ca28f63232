//! `perilune serve`: opens the database, starts the catalog, serves HTTP, and stops in order.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use catalog::service::{CatalogService, Sources};
use catalog::store::{SqlCatalogStore, SqlLocationStore};
use db::Db;
use db::jobs::{JobRunner, JobSettings};
use identity::SqlIdentityStore;
use integrations::Readers;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::http;
use crate::identity::{PERIOD, PersonalEvents, keep_house};

/// How long open requests may take once the portal has been told to stop.
const DRAIN: Duration = Duration::from_secs(3);

/// Serves until SIGTERM or Ctrl C. The status is 1 when it could not start.
#[must_use]
pub fn run(config: Config) -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "the runtime did not start");
            return ExitCode::FAILURE;
        }
    };
    let result = runtime.block_on(serve(config));
    runtime.shutdown_timeout(Duration::from_millis(500));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: Config) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    if !config.unknown_keys.is_empty() {
        tracing::info!(
            "configuration keys that are not used: {}",
            config.unknown_keys.join(", ")
        );
    }
    let db = Db::connect(config.database.as_str()).await?;
    let store = Arc::new(SqlCatalogStore::new(db.clone()));
    let readers = Readers::new(config.integrations.clone(), config.allowed.clone())?;
    let sources = Sources {
        reader: Arc::new(readers),
        locations: Some(Arc::new(SqlLocationStore::new(db.clone()))),
    };
    let own = Arc::new(config.catalog.clone());
    let catalog = CatalogService::start(own, store, db.feed(), sources, db.leases()).await?;
    let listener = TcpListener::bind(config.listen).await?;
    let address = listener.local_addr()?;
    let people = Arc::new(SqlIdentityStore::new(db.clone()));
    let stop = stop_signal();
    let personal = PersonalEvents::default();
    let limits = http::Limits::SERVED;
    let house = tokio::spawn(keep_house(people.clone(), PERIOD, stop.clone()));
    let jobs = tokio::spawn(job_runner(&db, &config).run(stop.clone()));
    let follower = tokio::spawn(personal.clone().follow(db.feed(), stop.clone()));
    let services = http::Services {
        catalog: catalog.clone(),
        people,
        personal,
        site: http::Site::own(),
        limits,
        stop: stop.clone(),
    };
    let router = http::Portal::new(&config, services).router();
    println!("{} is at http://{address}", config.title);
    http::serve(listener, router, limits, stop, DRAIN).await;
    tracing::info!("stopping");
    house.await?;
    follower.await?;
    jobs.await?;
    catalog.stop().await;
    db.close().await;
    Ok(())
}

/// Runs the jobs of every feature that has any.
fn job_runner(db: &Db, config: &Config) -> JobRunner {
    let settings = JobSettings {
        keep: config.jobs_kept,
        ..JobSettings::USUAL
    };
    JobRunner::new(db.clone(), settings)
}

/// Cancelled by SIGTERM or Ctrl C.
fn stop_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        signalled().await;
        told.cancel();
    });
    stop
}

async fn signalled() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
