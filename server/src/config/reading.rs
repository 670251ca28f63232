//! What is read from elsewhere: `integrations`, `backend.reading.allow`, and whose webhooks are
//! believed.

use catalog::config::CatalogConfig;
use integrations::{Allowed, Integrations, Secret, section::Findings};
use model::catalog::scm::RepositoryPath;
use serde_json::Value;
use url::Url;

use super::keys::Keys;

const INTEGRATIONS: [&str; 1] = ["integrations"];
const ALLOW: [&str; 3] = ["backend", "reading", "allow"];
const WEBHOOK_SECRET: [&str; 4] = ["events", "modules", "github", "webhookSecret"];

impl Keys<'_> {
    pub(super) fn integrations(&mut self) -> Integrations {
        let value = self.get(&INTEGRATIONS).unwrap_or(&Value::Null);
        let mut findings = Findings::default();
        let integrations = Integrations::read(value, &mut findings);
        self.take(&INTEGRATIONS, findings);
        integrations
    }

    /// What `backend.reading.allow` names; the organisations of providers; and, for every
    /// configured address, its repository, or its folder.
    pub(super) fn allowed(
        &mut self,
        catalog: &CatalogConfig,
        integrations: &Integrations,
    ) -> Allowed {
        let value = self.get(&ALLOW).unwrap_or(&Value::Null);
        let mut findings = Findings::default();
        let mut allowed = Allowed::default();
        allowed.read(value, &mut findings);
        self.take(&ALLOW, findings);
        for provider in &catalog.github {
            allowed.add(&provider.host, &[&format!("/{}/", provider.organization)]);
        }
        for configured in &catalog.locations {
            let target = configured.location.target();
            let address = Url::parse(target).ok();
            if let Some(address) = address.filter(|_| configured.location.kind() == "url") {
                allow(&mut allowed, &address, integrations);
            }
        }
        allowed
    }

    pub(super) fn webhook_secrets(&mut self, integrations: &Integrations) -> Vec<Secret> {
        let own = self.text(&WEBHOOK_SECRET).map(Secret::new);
        let hosts = integrations.github.iter();
        let apps = hosts.flat_map(|host| host.apps.iter());
        let apps = apps.filter_map(|app| app.webhook_secret.clone());
        own.into_iter().chain(apps).collect()
    }

    fn take(&mut self, below: &[&str], findings: Findings) {
        for unknown in findings.unknown {
            self.not_known(format!("{}.{unknown}", below.join(".")));
        }
        self.problems(below, findings.problems);
    }
}

fn allow(allowed: &mut Allowed, address: &Url, integrations: &Integrations) {
    let Some(host) = address.host_str() else {
        return;
    };
    let host = match address.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    };
    let repository = integrations
        .scm(address)
        .and_then(|_| RepositoryPath::of(address));
    let path = match repository {
        Some(own) => format!("/{}/{}/", own.owner, own.repository),
        None => {
            let path = address.path();
            let folder = path
                .rfind('/')
                .map_or("/", |end| path.get(..=end).unwrap_or("/"));
            folder.to_owned()
        }
    };
    // The people of an organisation are no repository.
    let path = path
        .strip_prefix("/orgs/")
        .map_or_else(|| path.clone(), |_| address.path().to_owned());
    allowed.add(&host, &[&path]);
}
