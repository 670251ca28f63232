//! Forgets expired sessions from time to time. Any replica may: what one forgets, another does
//! not find.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use db::audit::Cause;
use identity::IdentityStore;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// How often a portal does so.
pub const PERIOD: Duration = Duration::from_secs(3600);

/// Who writes, in the audit trail.
const ACTOR: &str = "system:housekeeping";

/// Runs until it is told to stop; what has begun by then is undone by the database.
pub async fn keep_house(people: Arc<dyn IdentityStore>, period: Duration, stop: CancellationToken) {
    let rounds = async {
        loop {
            purge(people.as_ref()).await;
            sleep(period).await;
        }
    };
    stop.run_until_cancelled(rounds).await;
}

async fn purge(people: &dyn IdentityStore) {
    match people.purge_sessions(&Cause::new(ACTOR, Utc::now())).await {
        Ok(0) => {}
        Ok(sessions) => tracing::info!(sessions, "expired sessions were forgotten"),
        Err(error) => tracing::error!(%error, "expired sessions could not be forgotten"),
    }
}
