//! Where sources begin besides the configuration: what people registered, and what providers
//! found in organisations.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use db::{
    Db, DbError, Fence, Result, Stamp, Tx,
    audit::{self, Cause},
    each,
    feed::Change,
    storable,
};
use model::catalog::LocationRef;
use serde_json::json;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

/// Topic of the feed for locations: the key is the id, or the provider whose locations differ.
pub const LOCATION_TOPIC: &str = "locations";
/// Topic of the feed for sources that have changed somewhere else: the key is a location, or
/// `host/owner/repository`.
pub const RENEWAL_TOPIC: &str = "renewals";

/// Rows a statement; seven values each.
const ROWS: usize = 500;

const ALL: &str = "select id, type, target, optional, provider, created_by, at from locations \
                   order by at, id";
const BY_TARGET: &str = "select id, type, target, optional, provider, created_by, at \
                         from locations where type = $1 and target = $2";
const BY_ID: &str = "select id, type, target, optional, provider, created_by, at from locations \
                     where id = $1";
const OF_PROVIDER: &str = "select id, type, target, optional, provider, created_by, at \
                           from locations where provider = $1";
const INSERT: &str =
    "insert into locations (id, type, target, optional, provider, created_by, at) ";
const MOVE: &str = "update locations set type = $1, target = $2 where id = $3";
const DELETE: &str = "delete from locations where id = $1";

/// A location that was added since the portal was configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedLocation {
    /// A random UUID.
    pub id: String,
    /// What is read.
    pub location: LocationRef,
    /// Whether it may be missing.
    pub is_optional: bool,
    /// The provider that found it; `None` for what somebody registered.
    pub provider: Option<String>,
    /// Who added it.
    pub created_by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of an attempt to add or move a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// It is there now.
    Done(AddedLocation),
    /// It, or another with its target, was there already.
    Taken(AddedLocation),
    /// There is none with this id.
    Unknown,
}

/// What the catalog asks of its database about locations.
#[async_trait]
pub trait LocationStore: Send + Sync {
    /// All locations, oldest first.
    async fn all(&self) -> Result<Vec<AddedLocation>>;

    /// Registers a location, unless there is one with the same type and target.
    async fn register(
        &self,
        cause: &Cause,
        location: &LocationRef,
        is_optional: bool,
    ) -> Result<Placed>;

    /// Gives a registered location another type and target.
    async fn relocate(&self, cause: &Cause, id: &str, to: &LocationRef) -> Result<Placed>;

    /// Ends a registered location, and returns it if there was one.
    async fn unregister(&self, cause: &Cause, id: &str) -> Result<Option<AddedLocation>>;

    /// Makes the locations of a provider those that it has found. Returns whether any differ.
    async fn found(&self, cause: &Cause, provider: &str, found: &[LocationRef]) -> Result<bool> {
        self.found_under(None, cause, provider, found).await
    }

    /// The same on condition that whoever looked still has the right to.
    async fn found_under(
        &self,
        fence: Option<&Fence>,
        cause: &Cause,
        provider: &str,
        found: &[LocationRef],
    ) -> Result<bool>;

    /// Ends the locations of providers that are not among these.
    async fn retain_providers(&self, cause: &Cause, providers: &[String]) -> Result<()>;

    /// Tells every replica that sources have changed: locations, or `host/owner/repository`.
    async fn renew(&self, cause: &Cause, sources: &[String]) -> Result<()>;
}

/// Locations in the portal's database.
#[derive(Clone)]
pub struct SqlLocationStore {
    db: Db,
}

impl SqlLocationStore {
    /// A store on an open database.
    pub fn new(db: Db) -> Self {
        Self { db }
    }
}

#[derive(FromRow)]
struct Row {
    id: String,
    r#type: String,
    target: String,
    optional: bool,
    provider: Option<String>,
    created_by: String,
    #[sqlx(try_from = "Stamp")]
    at: DateTime<Utc>,
}

impl Row {
    fn into_location(self) -> Result<AddedLocation> {
        let location = LocationRef::new(&self.r#type, &self.target);
        Ok(AddedLocation {
            location: location.map_err(DbError::other)?,
            id: self.id,
            is_optional: self.optional,
            provider: self.provider,
            created_by: self.created_by,
            at: self.at,
        })
    }
}

#[async_trait]
impl LocationStore for SqlLocationStore {
    async fn all(&self) -> Result<Vec<AddedLocation>> {
        let rows: Vec<Row> =
            each!(self.db.reader(), on => sqlx::query_as(ALL).fetch_all(on).await)?;
        rows.into_iter().map(Row::into_location).collect()
    }

    async fn register(
        &self,
        cause: &Cause,
        location: &LocationRef,
        is_optional: bool,
    ) -> Result<Placed> {
        let mut tx = self.db.begin().await?;
        tx.lock_feed().await?;
        if let Some(known) = at(&mut tx, location).await? {
            tx.rollback().await?;
            return Ok(Placed::Taken(known));
        }
        let added = AddedLocation {
            id: Uuid::new_v4().to_string(),
            location: location.clone(),
            is_optional,
            provider: None,
            created_by: cause.actor.clone(),
            at: cause.at,
        };
        insert(&mut tx, std::slice::from_ref(&added)).await?;
        note(tx, cause, "location.register", &added).await?;
        Ok(Placed::Done(added))
    }

    async fn relocate(&self, cause: &Cause, id: &str, to: &LocationRef) -> Result<Placed> {
        let mut tx = self.db.begin().await?;
        tx.lock_feed().await?;
        let Some(known) = registered(&mut tx, id).await? else {
            tx.rollback().await?;
            return Ok(Placed::Unknown);
        };
        if let Some(other) = at(&mut tx, to).await? {
            tx.rollback().await?;
            return Ok(match other.id == known.id {
                true => Placed::Done(known),
                false => Placed::Taken(other),
            });
        }
        each!(tx.on(), on => {
            sqlx::query(MOVE)
                .bind(to.kind())
                .bind(to.target())
                .bind(id)
                .execute(on)
                .await
                .map(drop)
        })?;
        let moved = AddedLocation {
            location: to.clone(),
            ..known
        };
        note(tx, cause, "location.relocate", &moved).await?;
        Ok(Placed::Done(moved))
    }

    async fn unregister(&self, cause: &Cause, id: &str) -> Result<Option<AddedLocation>> {
        let mut tx = self.db.begin().await?;
        tx.lock_feed().await?;
        let Some(known) = registered(&mut tx, id).await? else {
            tx.rollback().await?;
            return Ok(None);
        };
        delete(&mut tx, id).await?;
        note(tx, cause, "location.unregister", &known).await?;
        Ok(Some(known))
    }

    async fn found_under(
        &self,
        fence: Option<&Fence>,
        cause: &Cause,
        provider: &str,
        found: &[LocationRef],
    ) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        if let Some(fence) = fence {
            tx.check(fence).await?;
        }
        tx.lock_feed().await?;
        let known: Vec<Row> = each!(tx.on(), on => {
            sqlx::query_as(OF_PROVIDER).bind(provider).fetch_all(on).await?
        });
        let known = known.into_iter().map(Row::into_location);
        let known: HashMap<LocationRef, String> = known
            .map(|known| known.map(|known| (known.location, known.id)))
            .collect::<Result<_>>()?;
        let wanted: HashSet<&LocationRef> = found.iter().collect();
        let gone = known
            .iter()
            .filter(|(location, _)| !wanted.contains(location));
        let gone: Vec<&String> = gone.map(|(_, id)| id).collect();
        let mut added = Vec::new();
        for location in found.iter().filter(|found| !known.contains_key(found)) {
            // What somebody registered is there already.
            if at(&mut tx, location).await?.is_none() {
                added.push(AddedLocation {
                    id: Uuid::new_v4().to_string(),
                    location: location.clone(),
                    is_optional: true,
                    provider: Some(provider.to_owned()),
                    created_by: cause.actor.clone(),
                    at: cause.at,
                });
            }
        }
        if gone.is_empty() && added.is_empty() {
            tx.rollback().await?;
            return Ok(false);
        }
        for id in &gone {
            delete(&mut tx, id).await?;
        }
        insert(&mut tx, &added).await?;
        let detail = json!({"added": added.len(), "gone": gone.len(), "all": found.len()});
        publish(&mut tx, cause, provider).await?;
        audit::record(&mut tx, cause, "location.discover", provider, &detail).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn retain_providers(&self, cause: &Cause, providers: &[String]) -> Result<()> {
        let known = self.all().await?.into_iter().filter_map(|own| own.provider);
        let gone: HashSet<String> = known.filter(|own| !providers.contains(own)).collect();
        for provider in gone {
            self.found(cause, &provider, &[]).await?;
        }
        Ok(())
    }

    async fn renew(&self, cause: &Cause, sources: &[String]) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let change = |source: &String| Change {
            topic: RENEWAL_TOPIC.to_owned(),
            key: storable(source).into_owned(),
            payload: "null".to_owned(),
        };
        let changes: Vec<Change> = sources.iter().map(change).collect();
        tx.publish(cause.at, &changes).await?;
        let object = sources.first().map_or("", String::as_str);
        let detail = json!({"sources": sources.len()});
        audit::record(&mut tx, cause, "location.renew", object, &detail).await?;
        tx.commit().await
    }
}

async fn at(tx: &mut Tx, location: &LocationRef) -> Result<Option<AddedLocation>> {
    let row: Option<Row> = each!(tx.on(), on => {
        sqlx::query_as(BY_TARGET)
            .bind(location.kind())
            .bind(location.target())
            .fetch_optional(on)
            .await?
    });
    row.map(Row::into_location).transpose()
}

/// What somebody registered; a provider's own is not for people to change.
async fn registered(tx: &mut Tx, id: &str) -> Result<Option<AddedLocation>> {
    let row: Option<Row> = each!(tx.on(), on => {
        sqlx::query_as(BY_ID).bind(storable(id)).fetch_optional(on).await?
    });
    let row = row.filter(|row| row.provider.is_none());
    row.map(Row::into_location).transpose()
}

async fn insert(tx: &mut Tx, added: &[AddedLocation]) -> Result<()> {
    for rows in added.chunks(ROWS) {
        each!(tx.on(), on => {
            let mut sql = QueryBuilder::new(INSERT);
            sql.push_values(rows, |mut row, added| {
                row.push_bind(added.id.as_str())
                    .push_bind(added.location.kind())
                    .push_bind(added.location.target())
                    .push_bind(added.is_optional)
                    .push_bind(added.provider.as_deref())
                    .push_bind(added.created_by.as_str())
                    .push_bind(Stamp::from(added.at));
            });
            sql.build().execute(on).await.map(drop)
        })?;
    }
    Ok(())
}

async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    each!(tx.on(), on => sqlx::query(DELETE).bind(id).execute(on).await.map(drop))?;
    Ok(())
}

async fn publish(tx: &mut Tx, cause: &Cause, key: &str) -> Result<()> {
    let change = Change {
        topic: LOCATION_TOPIC.to_owned(),
        key: key.to_owned(),
        payload: "null".to_owned(),
    };
    tx.publish(cause.at, &[change]).await?;
    Ok(())
}

async fn note(
    mut tx: Tx,
    cause: &Cause,
    action: &'static str,
    location: &AddedLocation,
) -> Result<()> {
    publish(&mut tx, cause, &location.id).await?;
    let object = location.location.to_string();
    let detail = json!({"id": location.id});
    audit::record(&mut tx, cause, action, &object, &detail).await?;
    tx.commit().await
}
