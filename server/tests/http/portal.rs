//! A portal of a test's own, and what one asks of it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, BodyDataStream, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use catalog::service::{CatalogService, Sources};
use catalog::snapshot::Snapshot;
use catalog::store::{SqlCatalogStore, SqlLocationStore};
use db::Db;
use identity::SqlIdentityStore;
use integrations::Readers;
use server::config::Config;
use server::http::{Limits, Portal, Route, Services, Site};
use server::identity::PersonalEvents;
use tempfile::TempDir;
use tokio::time::timeout;
use tokio_stream::StreamExt;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::counting::Counting;

const ANSWER: usize = 4 * 1024 * 1024;
/// How long an event may take on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Two people, and things whose names are not in the order of their refs.
pub(crate) const CATALOG: &str = "
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: ann}
spec: {profile: {displayName: Ann Arbor}, memberOf: [crew]}
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: bob}
spec: {profile: {displayName: Bob Barker}, memberOf: [crew]}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: crew}
spec: {type: squad, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: alpha, title: Zulu}
spec: {type: service, lifecycle: production, owner: crew}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: beta, title: mike}
spec: {type: service, lifecycle: production, owner: crew}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: gamma, title: Golf}
spec: {type: service, lifecycle: production, owner: crew}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: broken}
";

/// What differs between the tests' portals.
pub(crate) struct Kind {
    /// Whether everybody may read.
    pub(crate) open: bool,
    /// `app.baseUrl`.
    pub(crate) base_url: &'static str,
    pub(crate) limits: Limits,
    /// What the catalog holds.
    pub(crate) catalog: &'static str,
}

/// Everybody may read, over plain HTTP.
pub(crate) const OPEN: Kind = Kind {
    open: true,
    base_url: "http://portal.example",
    limits: Limits::SERVED,
    catalog: CATALOG,
};

/// With the data set of the recorded answers.
pub(crate) const DATASET: Kind = Kind {
    catalog: include_str!("../../catalog/tests/vectors/dataset.yaml"),
    ..OPEN
};

/// Only people who have signed in may read.
pub(crate) const CLOSED: Kind = Kind {
    open: false,
    ..OPEN
};

/// Everybody may read, behind TLS.
pub(crate) const TLS: Kind = Kind {
    base_url: "https://portal.example",
    ..OPEN
};

/// A running portal; it is gone with the value.
pub(crate) struct TestPortal {
    pub(crate) routes: Vec<Route>,
    pub(crate) router: Router,
    pub(crate) people: Arc<Counting>,
    pub(crate) db: Db,
    pub(crate) stop: CancellationToken,
    pub(crate) catalog: CatalogService,
    folder: TempDir,
}

/// An answer that has arrived in full.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl TestPortal {
    pub(crate) async fn start(kind: Kind) -> Self {
        Self::start_on(kind, None).await
    }

    /// On a database that others use too.
    pub(crate) async fn start_on(kind: Kind, database: Option<&str>) -> Self {
        Self::start_as(kind, database, "").await
    }

    /// With a second configuration file.
    pub(crate) async fn start_with(kind: Kind, more: &str) -> Self {
        Self::start_as(kind, None, more).await
    }

    async fn start_as(kind: Kind, database: Option<&str>, more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = configure(folder.path(), &kind, database, more);
        let db = Db::connect(config.database.as_str()).await.unwrap();
        let people = Arc::new(Counting::new(SqlIdentityStore::new(db.clone())));
        let store = Arc::new(SqlCatalogStore::new(db.clone()));
        let readers = Readers::new(config.integrations.clone(), config.allowed.clone()).unwrap();
        let sources = Sources {
            reader: Arc::new(readers),
            locations: Some(Arc::new(SqlLocationStore::new(db.clone()))),
        };
        let own = Arc::new(config.catalog.clone());
        let catalog = CatalogService::start(own, store, db.feed(), sources, db.leases())
            .await
            .unwrap();
        catalog.ready().await;
        let personal = PersonalEvents::default();
        let stop = CancellationToken::new();
        tokio::spawn(personal.clone().follow(db.feed(), stop.clone()));
        let services = Services {
            catalog: catalog.clone(),
            people: Arc::clone(&people) as _,
            personal,
            site: Site::of_folder(&folder.path().join("site")),
            limits: kind.limits,
            stop: stop.clone(),
        };
        let portal = Portal::new(&config, services);
        Self {
            routes: portal.table().routes().to_vec(),
            router: portal.router(),
            people,
            db,
            stop,
            catalog,
            folder,
        }
    }

    /// Another catalog file; returns when the portal has taken note.
    pub(crate) async fn rewrite(&self, catalog: &str, seen: impl Fn(&Snapshot) -> bool) {
        let mut changes = self.catalog.subscribe();
        std::fs::write(self.folder.path().join("catalog.yaml"), catalog).unwrap();
        while !seen(&self.catalog.snapshot()) {
            let change = timeout(PATIENCE, changes.recv()).await;
            change.expect("something happens").unwrap();
        }
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, ANSWER).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// The head of the answer: a stream has no end.
    pub(crate) async fn start_to_answer(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        Answer {
            status: answer.status(),
            headers: answer.headers().clone(),
            text: String::new(),
        }
    }

    pub(crate) async fn get(&self, path: &str, cookies: &str) -> Answer {
        self.ask(request(Method::GET, path, cookies, "")).await
    }

    /// An open event stream, after its first event.
    pub(crate) async fn follow(&self, cookies: &str) -> Events {
        let request = request(Method::GET, "/events", cookies, "");
        let answer = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let mut events = Events(answer.into_body().into_data_stream());
        assert_eq!(events.next().await.as_deref(), Some("hello"));
        events
    }

    /// What a form without a script would send.
    pub(crate) async fn post(&self, path: &str, cookies: &str, form: &'static str) -> Answer {
        self.ask(request(Method::POST, path, cookies, form)).await
    }

    /// The cookie of a new session.
    pub(crate) async fn sign_in(&self, name: &str) -> String {
        let form = format!("user=user:default/{name}");
        let request = request(Method::POST, "/api/identity/sign-in-as-guest", "", form);
        let answer = self.ask(request).await;
        let cookies = answer.cookies();
        let cookie = cookies.first().expect("a session begins with a cookie");
        cookie.split(';').next().unwrap().to_owned()
    }
}

/// An open event stream.
pub(crate) struct Events(BodyDataStream);

impl Events {
    /// The name of the next event that is not the catalog's; none when the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<String> {
        loop {
            let name = self.next_of_any().await?;
            if name != "catalog" {
                return Some(name);
            }
        }
    }

    async fn next_of_any(&mut self) -> Option<String> {
        let chunk = timeout(PATIENCE, self.0.next())
            .await
            .expect("something happens");
        let text = String::from_utf8(chunk?.unwrap().to_vec()).unwrap();
        let name = text.lines().find_map(|line| line.strip_prefix("event: "));
        Some(name.unwrap_or_default().to_owned())
    }
}

impl Answer {
    /// The `Set-Cookie` headers.
    pub(crate) fn cookies(&self) -> Vec<&str> {
        let values = self.headers.get_all(header::SET_COOKIE).iter();
        values.map(|value| value.to_str().unwrap()).collect()
    }

    pub(crate) fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What the page tells its script.
    pub(crate) fn boot(&self) -> app::boot::Boot {
        let start = "<script type=\"text/plain\" id=\"boot\">";
        let (_, after) = self.text.split_once(start).expect("a page");
        let (text, _) = after.split_once("</script>").unwrap();
        app::wire::decode(&app::wire::from_text(text)).unwrap()
    }
}

pub(crate) fn request(
    method: Method,
    path: &str,
    cookies: &str,
    body: impl Into<Body>,
) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "portal.example")
        .header(header::COOKIE, cookies)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body.into())
        .unwrap()
}

fn configure(folder: &Path, kind: &Kind, database: Option<&str>, more: &str) -> Config {
    std::fs::write(folder.join("catalog.yaml"), kind.catalog).unwrap();
    std::fs::create_dir_all(folder.join("site/pkg")).unwrap();
    std::fs::write(folder.join("site/pkg/portal.1a2b.css"), "body {}").unwrap();
    std::fs::write(folder.join("site/pkg/portal.css"), "body {}").unwrap();
    std::fs::write(folder.join("site/logo.svg"), "<svg/>").unwrap();
    let text = format!(
        "app: {{baseUrl: '{}'}}
auth: {{providers: {{guest: {{}}}}}}
backend:
  database: {{client: sqlite, connection: {{filename: portal.db}}}}
  auth:
    dangerouslyDisableDefaultAuthPolicy: {}
    externalAccess:
    - {{type: static, options: {{token: robots-token, subject: robot}}}}
    - type: static
      options: {{token: readers-token, subject: reader}}
      accessRestrictions: [{{plugin: catalog, permission: catalog.entity.read}}]
catalog:
  rules: [{{allow: [Component, API, Resource, System, Domain, User, Group, Location, Template]}}]
  locations: [{{type: file, target: ./catalog.yaml}}]
",
        kind.base_url, kind.open
    );
    let file = folder.join("app-config.yaml");
    std::fs::write(&file, text).unwrap();
    let second = folder.join("app-config.more.yaml");
    std::fs::write(&second, more).unwrap();
    Config::read(&[file, second], None, database).unwrap()
}
