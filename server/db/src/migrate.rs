//! The migrations, embedded. See `server/migrations/README.md` for the rules they follow.

use sqlx::migrate::{MigrateError, Migrator};

use crate::DbError;

/// SQLite's migrations. A migration applied by a newer release is accepted, so that rolling
/// back to this one works.
pub(crate) fn sqlite() -> Migrator {
    accepting_newer(sqlx::migrate!("../migrations/sqlite"))
}

/// PostgreSQL's migrations, likewise.
pub(crate) fn postgres() -> Migrator {
    accepting_newer(sqlx::migrate!("../migrations/postgres"))
}

fn accepting_newer(mut migrator: Migrator) -> Migrator {
    migrator.set_ignore_missing(true);
    migrator
}

pub(crate) fn failed(error: MigrateError) -> DbError {
    let reason = match &error {
        MigrateError::VersionMismatch(version) => format!(
            "migration {version} differs from the one applied earlier; it was made by another \
             build, use that or a new database"
        ),
        MigrateError::Dirty(version) => {
            format!("migration {version} was interrupted; restore a backup or finish it by hand")
        }
        _ => "a migration failed, the log says which".to_owned(),
    };
    DbError::open(reason, error)
}
