//! What can go wrong in a store. The `Display` text is fit for people; the cause, which may
//! hold SQL, paths or host names, is in `source()` for the log.

use sqlx::error::{DatabaseError, ErrorKind};

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The result of a store's call.
pub type Result<T, E = DbError> = std::result::Result<T, E>;

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The row that was asked for is not there.
    #[error("not found")]
    NotFound,
    /// A uniqueness, foreign key or check constraint refused the change.
    #[error("this conflicts with what is already stored")]
    Conflict {
        /// PostgreSQL: the constraint's name; SQLite: its columns, `table.column, …`.
        constraint: String,
    },
    /// The database cannot be reached or is too busy; the same call may succeed later.
    #[error("the database is not available at the moment, try again shortly")]
    Unavailable(#[source] Cause),
    /// Whoever wanted to write has lost the right to: its lease or job has passed on.
    #[error("somebody else does this now, nothing was changed")]
    LeaseLost,
    /// The database could not be opened at start.
    #[error("cannot open the database: {reason}")]
    Open {
        /// For the operator: what is wrong and what to do; free of credentials.
        reason: String,
        /// What the driver said.
        #[source]
        cause: Option<Cause>,
    },
    /// Anything else: a bug or a damaged database.
    #[error("the database could not complete the request")]
    Other(#[source] Cause),
}

impl DbError {
    /// Wraps a failure outside SQL (a value that does not decode) for the log.
    pub fn other(cause: impl Into<Cause>) -> Self {
        Self::Other(cause.into())
    }

    pub(crate) fn open(reason: impl Into<String>, cause: impl Into<Cause>) -> Self {
        Self::Open {
            reason: reason.into(),
            cause: Some(cause.into()),
        }
    }

    pub(crate) fn unknown_url() -> Self {
        Self::Open {
            reason: "its address must begin with `sqlite:` or `postgres://`".to_owned(),
            cause: None,
        }
    }
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error;
        match error {
            Error::RowNotFound => Self::NotFound,
            Error::Io(_)
            | Error::Tls(_)
            | Error::PoolTimedOut
            | Error::PoolClosed
            | Error::WorkerCrashed => Self::Unavailable(error.into()),
            Error::Database(cause) => from_database(cause),
            other => Self::Other(other.into()),
        }
    }
}

fn from_database(cause: Box<dyn DatabaseError>) -> DbError {
    let constraint = matches!(
        cause.kind(),
        ErrorKind::UniqueViolation
            | ErrorKind::ForeignKeyViolation
            | ErrorKind::NotNullViolation
            | ErrorKind::CheckViolation
    );
    if constraint {
        DbError::Conflict {
            constraint: constraint_name(cause.as_ref()),
        }
    } else if cause.code().is_some_and(|code| is_passing(&code)) {
        DbError::Unavailable(cause)
    } else {
        DbError::Other(cause)
    }
}

/// SQLite has no constraint name but ends its message with `: table.column, …`.
fn constraint_name(cause: &dyn DatabaseError) -> String {
    let message = cause.message();
    cause
        .constraint()
        .or_else(|| message.rsplit_once(": ").map(|(_, columns)| columns))
        .unwrap_or(message)
        .to_owned()
}

/// Whether the same statement may succeed later.
///
/// PostgreSQL, by SQLSTATE class: 08 connection, 40 rollback (deadlock, serialization),
/// 53 resources, 55 lock not available, 57 operator intervention (shutdown, timeout); 25P03 ends
/// a transaction in which nothing was said for too long.
/// SQLite, by primary result code: 5 busy, 6 locked, 13 disk full.
fn is_passing(code: &str) -> bool {
    match code.len() {
        5 => ["08", "25P03", "40", "53", "55", "57"]
            .iter()
            .any(|class| code.starts_with(class)),
        _ => code
            .parse::<u32>()
            .is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 13)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_or_vanished_database_is_worth_a_retry_and_a_bug_is_not() {
        for passing in ["08006", "40001", "53300", "57P01", "5", "261", "13"] {
            assert!(is_passing(passing), "{passing}");
        }
        for lasting in ["42601", "22021", "1", "11"] {
            assert!(!is_passing(lasting), "{lasting}");
        }
    }

    #[test]
    fn what_people_read_has_no_sql_and_no_host() {
        let error = DbError::from(sqlx::Error::Protocol("select * from db.internal".into()));
        assert_eq!(
            error.to_string(),
            "the database could not complete the request"
        );
    }
}
