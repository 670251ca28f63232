//! Opening a database: what it creates, what it refuses, and how it says so.

use db::feed::Change;
use db::{Db, DbError, each};
use db_testing::Fixture;
use sqlx::Connection;

db_testing::on_both! {
    a_second_start_finds_the_schema,
    the_schema_of_a_newer_release_is_accepted,
    a_broken_constraint_is_a_conflict_with_a_name,
}

async fn a_second_start_finds_the_schema(Fixture { db, url }: Fixture) {
    let again = Db::connect(&url).await.unwrap();
    assert_eq!(again.feed().head().await.unwrap(), 0);
    again.close().await;
    assert_eq!(db.feed().head().await.unwrap(), 0);
}

async fn the_schema_of_a_newer_release_is_accepted(Fixture { db, url }: Fixture) {
    let newer = "insert into _sqlx_migrations \
                 (version, description, success, checksum, execution_time) \
                 values (9999, 'of tomorrow', true, $1, 1)";
    let mut tx = db.begin().await.unwrap();
    each!(tx.on(), on => sqlx::query(newer).bind(vec![0_u8; 48]).execute(on).await.map(drop))
        .unwrap();
    tx.commit().await.unwrap();
    Db::connect(&url).await.unwrap().close().await;
}

async fn a_broken_constraint_is_a_conflict_with_a_name(Fixture { db, .. }: Fixture) {
    let twice = "insert into meta (key, value) values ('a', '1'), ('a', '2')";
    let mut tx = db.begin().await.unwrap();
    let error = each!(tx.on(), on => sqlx::query(twice).execute(on).await.map(drop)).unwrap_err();
    match DbError::from(error) {
        DbError::Conflict { constraint } => {
            assert!(
                ["meta.key", "meta_pkey"].contains(&constraint.as_str()),
                "{constraint}"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_database_in_memory_lives_as_long_as_it_is_open() {
    let db = Db::connect("sqlite::memory:").await.unwrap();
    assert_eq!(db.feed().head().await.unwrap(), 0);
    let other = Db::connect("sqlite::memory:").await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let change = Change {
        topic: "test".to_owned(),
        key: "x".to_owned(),
        payload: "null".to_owned(),
    };
    tx.publish(chrono::Utc::now(), &[change]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.feed().head().await.unwrap(), 1);
    assert_eq!(other.feed().head().await.unwrap(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_the_file_and_its_logs() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("made/for/it/portal.db");
    let db = Db::connect(&format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    let mut seen = 0;
    for entry in std::fs::read_dir(file.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
        seen += 1;
    }
    assert!(seen >= 2, "the file and its write-ahead log, not {seen}");
    db.close().await;
}

#[tokio::test]
async fn a_commit_waits_for_the_disk_and_readers_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    let db = Db::connect(&format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    let db::Backend::Sqlite(readers) = db.reader() else {
        panic!("this is SQLite");
    };
    let mut tx = db.begin().await.unwrap();
    let db::Backend::Sqlite(writer) = tx.on() else {
        panic!("this is SQLite");
    };
    let synchronous: i64 = sqlx::query_scalar("pragma synchronous")
        .fetch_one(&mut *writer)
        .await
        .unwrap();
    let journal: String = sqlx::query_scalar("pragma journal_mode")
        .fetch_one(&mut *writer)
        .await
        .unwrap();
    assert_eq!((synchronous, journal.as_str()), (2, "wal"));
    sqlx::query("delete from meta")
        .execute(readers)
        .await
        .unwrap_err();
}

#[tokio::test]
async fn what_cannot_be_opened_is_said_in_words_and_without_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let not_a_database = folder.path().join("notes.txt");
    std::fs::write(&not_a_database, "lorem ipsum ".repeat(100)).unwrap();
    let file_as_folder = format!("sqlite:{}/x.db", not_a_database.display());
    let not_a_database = format!("sqlite:{}", not_a_database.display());
    let cases = [
        (
            "mysql://host/name",
            "its address must begin with `sqlite:` or `postgres://`",
        ),
        (&file_as_folder, "cannot be created or written"),
        (&not_a_database, "the file cannot be opened as SQLite"),
        (
            "postgres://me:hunter2@127.0.0.1:1/x",
            "PostgreSQL cannot be reached",
        ),
    ];
    for (url, expected) in cases {
        let Err(error) = Db::connect(url).await else {
            panic!("{url} opened");
        };
        let said = error.to_string();
        assert!(said.starts_with("cannot open the database: "), "{said}");
        assert!(said.contains(expected), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn replicas_that_start_together_migrate_once() {
    db_testing::on_postgres(async |Fixture { db, url }| {
        let mut admin = sqlx::PgConnection::connect(&url).await.unwrap();
        sqlx::query("drop schema public cascade")
            .execute(&mut admin)
            .await
            .unwrap();
        sqlx::query("create schema public")
            .execute(&mut admin)
            .await
            .unwrap();
        let starts: Vec<_> = (0..4)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move { Db::connect(&url).await })
            })
            .collect();
        for start in starts {
            start.await.unwrap().unwrap().close().await;
        }
        assert_eq!(db.feed().head().await.unwrap(), 0);
    });
}
