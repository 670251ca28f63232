//! The process that is killed: writes stars and catalog revisions for ever and prints each once
//! the store has acknowledged it.

use std::io::Write;

use catalog::store::{Batch, CatalogStore, Put, SqlCatalogStore};
use chrono::Utc;
use db::Db;
use db::audit::Cause;
use identity::{IdentityStore, SqlIdentityStore};
use model::catalog::EntityRef;

pub(crate) type Failure = Box<dyn std::error::Error>;

/// Writes to the database at `url`, numbering from `first`.
#[tokio::main]
pub(crate) async fn write(url: &str, first: u32) -> Result<(), Failure> {
    let db = Db::connect(url).await?;
    for number in first.. {
        star(&db, number).await?;
        acknowledge("star", number)?;
        put(&db, number).await?;
        acknowledge("put", number)?;
    }
    Ok(())
}

async fn star(db: &Db, number: u32) -> Result<(), Failure> {
    let user = EntityRef::parse("user:default/ann")?;
    let entity = EntityRef::parse(&format!("component:default/star-{number}"))?;
    let cause = Cause::new(user.as_str(), Utc::now());
    SqlIdentityStore::new(db.clone())
        .set_star(&cause, &user, &entity, true)
        .await?;
    Ok(())
}

/// Several entities each, so that a torn batch would show.
async fn put(db: &Db, number: u32) -> Result<(), Failure> {
    let mut batch = Batch::default();
    for name in ["a", "b", "c"] {
        batch.puts.push(Put {
            entity_ref: EntityRef::parse(&format!("component:default/{name}"))?,
            uid: None,
            body: format!(r#"{{"number":{number},"text":"{}"}}"#, "x".repeat(5000)).into(),
            etag: number.to_string().into(),
            location: "file:/all.yaml".into(),
            origin: "file:/all.yaml".into(),
            line: None,
            commit: None,
            author: None,
        });
    }
    let cause = Cause::new("system:ingestion", Utc::now());
    SqlCatalogStore::new(db.clone())
        .apply(&cause, &batch)
        .await?;
    Ok(())
}

fn acknowledge(what: &str, number: u32) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{what} {number}")?;
    out.flush()
}
