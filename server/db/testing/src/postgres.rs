//! A database of its own on the PostgreSQL server that `PERILUNE_TEST_POSTGRES` names.

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use url::Url;

use crate::{Fixture, runtime};
use db::Db;

const VARIABLE: &str = "PERILUNE_TEST_POSTGRES";

/// Runs `test` on a fresh PostgreSQL database and drops the database, also after a failure.
pub fn on_postgres<F, T>(test: F)
where
    F: FnOnce(Fixture) -> T,
    T: Future<Output = ()> + Send + 'static,
{
    let admin = admin_url();
    let name = format!("perilune_{}", uuid::Uuid::new_v4().simple());
    let mut url = admin.clone();
    url.set_path(&name);
    runtime().block_on(async {
        run(&admin, &format!("create database {name}")).await;
        let db = Db::connect(url.as_str()).await.expect("PostgreSQL opens");
        let fixture = Fixture {
            db: db.clone(),
            url: url.into(),
        };
        let outcome = tokio::spawn(test(fixture)).await;
        db.close().await;
        run(&admin, &format!("drop database {name} with (force)")).await;
        if let Err(failure) = outcome {
            std::panic::resume_unwind(failure.into_panic());
        }
    });
}

fn admin_url() -> Url {
    let value = std::env::var_os(VARIABLE).unwrap_or_else(|| {
        panic!(
            "{VARIABLE} is not set: run `make test`, or \
             `scripts/with-postgres.sh cargo test …` for a part of the tests"
        )
    });
    let text = value.to_str().expect("a URL is text");
    Url::parse(text).expect("the variable holds a postgres:// URL")
}

async fn run(admin: &Url, sql: &str) {
    let options = PgConnectOptions::from_url(admin).expect("the URL names a server");
    let mut connection: PgConnection = options.connect().await.expect("PostgreSQL answers");
    sqlx::query(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .expect("databases can be created and dropped");
    connection.close().await.expect("the connection closes");
}
