//! For tests only: a fresh database of each kind for every test. Never a dependency of a
//! product crate.
#![expect(
    clippy::panic,
    clippy::expect_used,
    reason = "this crate is test code: a failed precondition fails the test"
)]

mod postgres;
mod sqlite;

use db::Db;

pub use postgres::on_postgres;
pub use sqlite::on_sqlite;

/// An empty database that exists for one test.
#[derive(Clone)]
pub struct Fixture {
    /// Open, with its schema.
    pub db: Db,
    /// Where it is, to open it once more.
    pub url: String,
}

/// Declares each `async fn name(Fixture)` as two tests, `sqlite::name` and `postgres::name`.
///
/// ```ignore
/// db_testing::on_both! { a_star_is_remembered }
///
/// async fn a_star_is_remembered(fixture: db_testing::Fixture) { … }
/// ```
#[macro_export]
macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $test() { $crate::on_sqlite(super::$test); })+
        }
        mod postgres {
            $(#[test] fn $test() { $crate::on_postgres(super::$test); })+
        }
    };
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime starts")
}
