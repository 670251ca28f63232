//! One of two: what is done for SQLite or for PostgreSQL.

/// A value that exists in a SQLite and in a PostgreSQL flavour (a pool, a connection).
#[derive(Clone, Copy, Debug)]
pub enum Backend<S, P> {
    /// SQLite's.
    Sqlite(S),
    /// PostgreSQL's.
    Postgres(P),
}

/// Runs one piece of code against whichever database is behind a [`Backend`].
///
/// The body is compiled once for each database, so that SQL whose text is the same for both is
/// written once and still goes through the typed driver:
///
/// ```
/// # async fn example(db: &db::Db) -> db::Result<i64> {
/// let stars: i64 = db::each!(db.reader(), on => {
///     sqlx::query_scalar("select count(*) from stars").fetch_one(on).await
/// })?;
/// # Ok(stars)
/// # }
/// ```
#[macro_export]
macro_rules! each {
    ($backend:expr, $on:ident => $body:expr) => {
        match $backend {
            $crate::Backend::Sqlite($on) => $body,
            $crate::Backend::Postgres($on) => $body,
        }
    };
}
