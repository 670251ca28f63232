//! A directory of files and a catalog that follows it, pass by pass.

use std::{fs, path::PathBuf, sync::Arc};

use integrations::UrlReader;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    config::{CatalogConfig, OrphanStrategy, Rules},
    process::{Owners, Reader, Sources, decide, survey},
    source::Web,
    store::{Batch, StoredProblem},
    yaml::on_deep_stack,
};

pub(super) struct World {
    directory: TempDir,
    pub(super) config: CatalogConfig,
    pub(super) owners: Owners,
    reader: Reader,
    web: Arc<Web>,
    pub(super) batch: Batch,
}

/// A component with this name.
pub(super) fn component(name: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  \
         type: service\n  lifecycle: production\n  owner: team\n"
    )
}

/// A Location with these targets.
pub(super) fn location(name: &str, targets: &[&str]) -> String {
    let targets = json!(targets);
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: {name}\n\
         spec:\n  targets: {targets}\n"
    )
}

impl World {
    /// The whole directory is the one configured location; every kind may come from it.
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let mut world = Self::configured(&json!({"locations": [{"type": "file", "target": "."}]}));
        world.config.rules = Rules::allow_everything();
        for (path, text) in files {
            world.write(path, text);
        }
        world
    }

    /// Configured by the value of `catalog`; targets are relative to the directory.
    pub(super) fn configured(catalog: &Value) -> Self {
        let directory = TempDir::new().unwrap();
        let base = directory.path().canonicalize().unwrap();
        let config = CatalogConfig::from_value(catalog, &base).unwrap();
        Self {
            reader: Reader::new(config.kinds.clone()),
            directory,
            config,
            owners: Owners::default(),
            web: Arc::new(Web::nothing()),
            batch: Batch::default(),
        }
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.directory.path().canonicalize().unwrap().join(path)
    }

    pub(super) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// One pass, applied.
    pub(super) fn pass(&mut self) -> &mut Self {
        let pass = || {
            let sources = Sources {
                locations: &self.config.locations,
                web: &self.web,
                problems: &[],
            };
            let survey = survey(&self.config, &sources, &self.owners, &mut self.reader);
            decide(&survey, &self.owners, self.config.orphan_strategy)
        };
        self.batch = on_deep_stack(pass).unwrap();
        self.owners.apply(&self.batch);
        self
    }

    /// Has the web be what this reads.
    pub(super) fn on(&mut self, reader: Arc<dyn UrlReader>) {
        self.web = Arc::new(Web::new(reader, None));
    }

    /// Reads what the last pass wanted of the web.
    pub(super) fn fetch(&mut self) -> &mut Self {
        for due in self.web.take_due(usize::MAX) {
            futures::executor::block_on(self.web.fetch(due));
        }
        self
    }

    /// Has everything on the web read again.
    pub(super) fn renew(&mut self) -> &mut Self {
        self.web.renew(|_| true);
        self
    }

    /// As after a restart: the catalog is as it was, nothing is cached.
    pub(super) fn restart(&mut self) -> &mut Self {
        self.on(Arc::clone(self.web.reader()));
        self.reader = Reader::new(self.config.kinds.clone());
        self
    }

    pub(super) fn keep_orphans(&mut self) {
        self.config.orphan_strategy = OrphanStrategy::Keep;
    }

    /// Refs of all entities but the generated Locations, with the file that owns each.
    pub(super) fn entities(&self) -> Vec<String> {
        let base = format!(
            "file:{}/",
            self.path("").display().to_string().trim_end_matches('/')
        );
        let own = self.owners.0.iter().filter(|(entity_ref, _)| {
            !entity_ref
                .as_str()
                .starts_with("location:default/generated-")
        });
        let mut entities: Vec<String> = own
            .map(|(entity_ref, owner)| {
                let file = owner
                    .location
                    .strip_prefix(&base)
                    .unwrap_or(&owner.location);
                let orphan = if owner.is_orphan { " orphan" } else { "" };
                format!("{entity_ref} {file}{orphan}").replace("component:default/", "")
            })
            .collect();
        entities.sort();
        entities
    }

    pub(super) fn body(&self, entity_ref: &str) -> Value {
        let owner = self.owners.0.get(entity_ref).unwrap();
        serde_json::from_str(&owner.body).unwrap()
    }

    pub(super) fn found(&self) -> Vec<&StoredProblem> {
        self.batch
            .problems
            .iter()
            .flat_map(|origin| &origin.problems)
            .collect()
    }

    /// Problems as `file:line:column code message`.
    pub(super) fn problems(&self) -> Vec<String> {
        let base = self.path("").display().to_string();
        let line = |problem: &StoredProblem| {
            let place = format!(
                "{}:{}:{}",
                problem.location.trim_start_matches("file:"),
                problem.line.unwrap_or_default(),
                problem.column.unwrap_or_default()
            );
            let text = format!("{place} {} {}", problem.code, problem.message);
            text.replace(&base, "")
                .replace(base.trim_end_matches('/'), ".")
        };
        self.found().into_iter().map(line).collect()
    }

    #[track_caller]
    pub(super) fn check(&mut self, entities: &[&str], problems: &[&str]) -> &mut Self {
        self.pass();
        assert_eq!(self.entities(), entities, "{:#?}", self.problems());
        let found = self.problems();
        assert_eq!(found.len(), problems.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(problems) {
            assert!(found.starts_with(expected), "{found}\nexpected {expected}");
        }
        assert!(
            self.found()
                .iter()
                .all(|problem| problem.expected.is_some())
        );
        self
    }
}

/// One directory, one pass.
#[track_caller]
pub(super) fn check(files: &[(&str, &str)], entities: &[&str], problems: &[&str]) -> World {
    let mut world = World::new(files);
    world.check(entities, problems);
    world
}
