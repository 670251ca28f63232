//! The local stand-in for GitHub (`end2end/github`), started for one test.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use axum::http::Method;
use serde_json::{Value, json};

/// A GitHub with an organisation of its own. It ends when its input closes, with the value.
pub(crate) struct GitHub {
    child: Child,
    pub(crate) address: String,
    client: reqwest::Client,
}

impl GitHub {
    pub(crate) async fn start(world: Value) -> Self {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/github/server.mjs");
        let mut child = Command::new("node")
            .arg(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Node starts; `make test` installs the packages of end2end/");
        let mut line = String::new();
        let output = child.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("github at ");
        let address = address.expect("the stand-in says where it is").to_owned();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let github = Self {
            child,
            address,
            client: reqwest::Client::builder().no_proxy().build().unwrap(),
        };
        github.control(Method::POST, "/reset", world).await;
        github
    }

    /// A question of its control interface.
    pub(crate) async fn control(&self, method: Method, path: &str, body: Value) -> Value {
        let request = self
            .client
            .request(method, format!("{}/_control{path}", self.address));
        let request = match body {
            Value::Null => request,
            body => request.body(body.to_string()),
        };
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// `127.0.0.1:PORT`
    pub(crate) fn host(&self) -> &str {
        self.address.strip_prefix("http://").unwrap()
    }

    /// The address of a file on the main branch, for people.
    pub(crate) fn file(&self, repository: &str, path: &str) -> String {
        format!("https://{}/{repository}/blob/main/{path}", self.host())
    }

    /// Commits one file.
    pub(crate) async fn commit(&self, repository: &str, path: &str, content: &str) -> String {
        let body = json!({
            "message": format!("Change {path}"),
            "author": {"login": "ann"},
            "changes": [{"path": path, "content": content}],
        });
        let path = format!("/repositories/{repository}/commits");
        let commit = self.control(Method::POST, &path, body).await;
        commit["sha"].as_str().unwrap().to_owned()
    }

    /// What a webhook would send: its headers and its body.
    pub(crate) async fn webhook(&self, about: Value) -> Value {
        self.control(Method::POST, "/webhooks", about).await
    }

    /// Fails when it gave an answer that GitHub would not have given.
    pub(crate) async fn has_answered_as_github_does(&self) {
        let violations = self.control(Method::GET, "/violations", Value::Null).await;
        assert_eq!(
            violations.as_array().map(Vec::len),
            Some(0),
            "{violations:#}"
        );
    }
}

impl Drop for GitHub {
    fn drop(&mut self) {
        // An error means that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
