//! Finds the repositories of organisations: one task for each provider, which lists them once a
//! period and whenever somebody says that the list has changed, on the replica that reads.

use std::{collections::HashMap, sync::Arc};

use chrono::Utc;
use db::{Fence, audit::Cause};
use integrations::{ReadError, Repository};
use model::catalog::LocationRef;
use tokio::time::{Instant, sleep_until};

use super::Shared;
use crate::{config::GitHubProvider, process::problem, store::StoredProblem};

/// Who writes, in the audit trail.
const ACTOR: &str = "system:discovery";
/// When to try again after a failure, unless the host says when.
const RETRY: std::time::Duration = std::time::Duration::from_secs(60);

/// What was pushed when, by location: a push is what makes a page old.
type Pushes = HashMap<LocationRef, Option<String>>;

/// Runs until the service stops.
pub(super) async fn run(shared: Arc<Shared>, provider: GitHubProvider) {
    let mut pushes = Pushes::new();
    let listings = shared
        .outside
        .listings(&provider.host, &provider.organization);
    loop {
        let fence = tokio::select! {
            biased;
            () = shared.stopped() => return,
            fence = shared.is_reading() => fence,
        };
        let next = match list(&shared, &fence, &provider, &mut pushes).await {
            Ok(()) => Instant::now() + provider.frequency,
            Err(again) => again,
        };
        tokio::select! {
            biased;
            () = shared.stopped() => return,
            () = listings.notified() => {}
            () = sleep_until(next) => {}
        }
    }
}

/// Lists the repositories once; an error says when to try again.
async fn list(
    shared: &Shared,
    fence: &Fence,
    provider: &GitHubProvider,
    pushes: &mut Pushes,
) -> Result<(), Instant> {
    let reader = shared.outside.web.reader();
    let listed = reader.repositories(&provider.host, &provider.organization);
    let found = match listed.await {
        Ok(repositories) => locations(provider, &repositories),
        Err(error) => {
            tracing::warn!(provider = provider.id, %error, "repositories could not be listed");
            let again = again(&error);
            shared
                .outside
                .note(&provider.id, Some(problem_of(provider, &error)));
            shared.changed.notify_one();
            return Err(again);
        }
    };
    shared.outside.note(&provider.id, None);
    let refs: Vec<LocationRef> = found.keys().cloned().collect();
    let cause = Cause::new(ACTOR, Utc::now());
    if let Some(store) = &shared.outside.locations {
        let stored = store
            .found_under(Some(fence), &cause, &provider.id, &refs)
            .await;
        stored.map_err(|error| {
            tracing::error!(%error, "what was discovered could not be stored");
            Instant::now() + RETRY
        })?;
    }
    let pushed = found.iter().filter(|(location, at)| {
        let before = pushes.get(location);
        before.is_some_and(|before| before != *at)
    });
    let pushed = pushed.map(|(location, _)| location.to_string()).collect();
    *pushes = found;
    shared.outside.renew(&pushed);
    // Providers' problems are part of the next pass, and so is what they found.
    if shared.outside.reload().await.is_ok() {
        shared.changed.notify_one();
    }
    Ok(())
}

fn locations(provider: &GitHubProvider, repositories: &[Repository]) -> Pushes {
    let wanted = repositories
        .iter()
        .filter(|repository| provider.filter.takes(repository));
    wanted
        .filter_map(|wanted| Some((provider.location(wanted)?, wanted.pushed_at.clone())))
        .collect()
}

fn again(error: &ReadError) -> Instant {
    let wait = match error {
        ReadError::RateLimited { until, .. } => {
            let wait = until.signed_duration_since(Utc::now());
            wait.to_std().unwrap_or_default().max(RETRY)
        }
        _ => RETRY,
    };
    Instant::now() + wait
}

fn problem_of(provider: &GitHubProvider, error: &ReadError) -> StoredProblem {
    let place = format!("url:https://{}/{}", provider.host, provider.organization);
    let what = format!(
        "the repositories of {} cannot be listed: {error}; those that were found before stay",
        provider.organization
    );
    problem::Place::new(&place, &place).error(problem::TARGET, None, what, error.expected())
}
