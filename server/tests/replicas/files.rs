//! The organisation's files. They change by generations, each in a folder of its own, and the one
//! file that leads to all others is replaced in one step: whoever reads it sees one generation.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

use notify::{EventKind, RecursiveMode, Watcher, event::AccessKind};
use serde_json::Value;

/// Services, of which there is one set for ever.
pub(crate) const SERVICES: u32 = 5000;
/// Libraries, which every generation has new ones of.
const LIBRARIES: u32 = 20;
const PARTS: u32 = 10;
/// A page that shows one of them.
pub(crate) const PAGE: &str = "/catalog/default/component/thing-4999";

const CONFIG: &str = "
auth: {providers: {guest: {}}}
backend:
  listen: 127.0.0.1:0
  auth: {dangerouslyDisableDefaultAuthPolicy: true}
catalog:
  rules: [{allow: [Component, Location]}]
  locations: [{type: file, target: ./catalog/all.yaml}]
";

pub(crate) type Entities = BTreeMap<String, Value>;

pub(crate) struct Organisation(PathBuf);

/// Something was opened.
pub(crate) struct Opened {
    events: Receiver<()>,
    _watcher: notify::RecommendedWatcher,
}

impl Opened {
    pub(crate) fn recv_timeout(&self, patience: std::time::Duration) -> Option<()> {
        self.events.recv_timeout(patience).ok()
    }
}

impl Organisation {
    pub(crate) fn new(folder: &Path) -> Self {
        std::fs::write(folder.join("app-config.yaml"), CONFIG).unwrap();
        std::fs::create_dir(folder.join("catalog")).unwrap();
        Self(folder.to_owned())
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    /// Writes a generation that nobody is led to yet, and tells when one of its files is opened.
    pub(crate) fn prepare(&self, generation: u32) -> Opened {
        self.write(generation);
        let (sender, events) = channel();
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                let event = event.unwrap();
                let is_yaml = |path: &PathBuf| path.extension().is_some_and(|end| end == "yaml");
                let is_open = matches!(event.kind, EventKind::Access(AccessKind::Open(_)));
                if is_open && event.paths.iter().any(is_yaml) {
                    // An error means that nobody waits any more.
                    let _ = sender.send(());
                }
            })
            .unwrap();
        let folder = self.generation(generation);
        watcher.watch(&folder, RecursiveMode::NonRecursive).unwrap();
        Opened {
            events,
            _watcher: watcher,
        }
    }

    /// Makes a generation the one that all replicas are to show.
    pub(crate) fn publish(&self, generation: u32) {
        if !self.generation(generation).exists() {
            self.write(generation);
        }
        let mut all = String::from(
            "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\nspec:\n  targets:\n",
        );
        for part in 0..=PARTS {
            writeln!(all, "    - ./generation-{generation}/part-{part}.yaml").unwrap();
        }
        let next = self.0.join("catalog/next");
        std::fs::write(&next, all).unwrap();
        std::fs::rename(next, self.0.join("catalog/all.yaml")).unwrap();
    }

    fn generation(&self, generation: u32) -> PathBuf {
        self.0.join(format!("catalog/generation-{generation}"))
    }

    fn write(&self, generation: u32) {
        let folder = self.generation(generation);
        std::fs::create_dir(&folder).unwrap();
        for part in 0..PARTS {
            let own = (0..SERVICES).filter(|number| number % PARTS == part);
            let text: String = own
                .map(|number| component(&format!("thing-{number}"), "service", generation))
                .collect();
            std::fs::write(folder.join(format!("part-{part}.yaml")), text).unwrap();
        }
        let libraries: String = (0..LIBRARIES)
            .map(|number| component(&format!("new-{generation}-{number}"), "library", generation))
            .collect();
        std::fs::write(folder.join(format!("part-{PARTS}.yaml")), libraries).unwrap();
    }

    /// What the files of a generation say, by ref.
    pub(crate) fn read(&self, generation: u32) -> Entities {
        let mut entities = Entities::new();
        for file in std::fs::read_dir(self.generation(generation)).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            for document in text.split("---\n").filter(|text| !text.is_empty()) {
                let entity: Value = serde_saphyr::from_str(document).unwrap();
                entities.insert(ref_of(&entity), entity);
            }
        }
        assert_eq!(entities.len(), (SERVICES + LIBRARIES) as usize);
        entities
    }
}

fn component(name: &str, kind: &str, generation: u32) -> String {
    format!(
        "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  \
         description: {name} as of {generation}\n  labels: {{generation: \"{generation}\"}}\nspec:\n  \
         type: {kind}\n  lifecycle: production\n  owner: team-{}\n",
        generation % 3
    )
}

/// The ref of an entity in the default namespace.
pub(crate) fn ref_of(entity: &Value) -> String {
    let kind = entity["kind"].as_str().unwrap().to_lowercase();
    format!(
        "{kind}:default/{}",
        entity["metadata"]["name"].as_str().unwrap()
    )
}

/// Every entity is there, none else, and says what the file says.
pub(crate) fn compare(whose: &str, wanted: &Entities, found: &Entities) {
    let refs = |entities: &Entities| entities.keys().cloned().collect::<Vec<_>>();
    assert_eq!(refs(found), refs(wanted), "{whose}");
    for (entity_ref, wanted) in wanted {
        let found = &found[entity_ref];
        for part in [
            "/metadata/name",
            "/metadata/description",
            "/metadata/labels",
            "/spec",
        ] {
            assert_eq!(
                found.pointer(part),
                wanted.pointer(part),
                "{whose}: {entity_ref}"
            );
        }
    }
}
