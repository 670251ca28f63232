//! How failures of the parts below become the one error of the pages.

use app::error::PortalError;

/// A database failure; the details go to the log only.
#[expect(clippy::needless_pass_by_value, reason = "an argument of map_err")]
pub(crate) fn database(error: db::DbError) -> PortalError {
    tracing::error!(%error, "the database failed");
    PortalError::Unavailable {
        message: "the database did not answer; try again in a moment".to_owned(),
    }
}
