//! A SQLite file in a folder that goes away with the test.

use crate::{Fixture, runtime};
use db::Db;

/// Runs `test` on a fresh SQLite file.
pub fn on_sqlite<F, T>(test: F)
where
    F: FnOnce(Fixture) -> T,
    T: Future<Output = ()>,
{
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("new/portal.db").display());
    runtime().block_on(async {
        let db = Db::connect(&url).await.expect("SQLite opens");
        let fixture = Fixture {
            db: db.clone(),
            url,
        };
        test(fixture).await;
        db.close().await;
    });
}
