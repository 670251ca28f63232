//! A catalog of any size for measurements: the same one for the same number, with the shape of
//! a real organisation and about 1.9 kB of JSON an entity.

use serde_json::{Map, Value, json};

const AREAS: [&str; 24] = [
    "payments",
    "cards",
    "accounts",
    "ledger",
    "lending",
    "onboarding",
    "fraud",
    "identity",
    "notifications",
    "reporting",
    "savings",
    "invest",
    "pricing",
    "mandates",
    "settlement",
    "customer",
    "support",
    "risk",
    "treasury",
    "partners",
    "insights",
    "messaging",
    "platform",
    "documents",
];
const ROLES: [&str; 16] = [
    "gateway",
    "worker",
    "api",
    "store",
    "sync",
    "scheduler",
    "importer",
    "exporter",
    "portal",
    "engine",
    "relay",
    "archive",
    "monitor",
    "router",
    "cache",
    "adapter",
];
const TAGS: [&str; 20] = [
    "go",
    "rust",
    "java",
    "kotlin",
    "typescript",
    "python",
    "swift",
    "grpc",
    "rest",
    "amqp",
    "kafka",
    "postgres",
    "redis",
    "batch",
    "pci",
    "gdpr",
    "internal",
    "public",
    "beta",
    "c++",
];
const WORDS: [&str; 32] = [
    "keeps",
    "balances",
    "of",
    "every",
    "customer",
    "and",
    "tells",
    "others",
    "about",
    "changes",
    "as",
    "they",
    "happen",
    "reads",
    "files",
    "from",
    "partners",
    "checks",
    "them",
    "against",
    "rules",
    "writes",
    "results",
    "where",
    "the",
    "team",
    "can",
    "find",
    "serves",
    "requests",
    "within",
    "milliseconds",
];

/// What share of a hundred entities each kind has.
const SHARES: [(&str, usize); 7] = [
    ("Component", 50),
    ("API", 16),
    ("Resource", 14),
    ("User", 10),
    ("System", 5),
    ("Group", 4),
    ("Domain", 1),
];

/// `n` entities after defaulting, with uid and etag, without relations.
pub(crate) fn entities(n: usize) -> impl Iterator<Item = Value> {
    let world = World::of(n);
    (0..n).map(move |at| {
        let (kind, index) = kind_of(at);
        world.entity(kind, index)
    })
}

/// How many entities of a kind come before the `at`-th, and which kind that is.
fn kind_of(at: usize) -> (&'static str, usize) {
    let mut start = 0;
    for (kind, share) in SHARES {
        if at % 100 < start + share {
            return (kind, at / 100 * share + at % 100 - start);
        }
        start += share;
    }
    ("Component", at)
}

/// How many entities there are to refer to.
struct World {
    groups: usize,
    systems: usize,
    domains: usize,
    apis: usize,
    resources: usize,
}

impl World {
    fn of(n: usize) -> Self {
        let share = |percent: usize| (n * percent / 100).max(1);
        Self {
            groups: share(4),
            systems: share(5),
            domains: share(1),
            apis: share(16),
            resources: share(14),
        }
    }

    fn entity(&self, kind: &str, index: usize) -> Value {
        let mut dice = Dice::of(kind, index);
        let name = name_of(kind, index);
        json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": kind,
            "metadata": metadata(kind, &name, &mut dice),
            "spec": self.spec(kind, index, &mut dice),
        })
    }

    fn spec(&self, kind: &str, index: usize, dice: &mut Dice) -> Value {
        let owner = name_of("Group", dice.below(self.groups));
        let system = name_of("System", dice.below(self.systems));
        let lifecycle = *dice.one_of(&[
            "production",
            "production",
            "production",
            "experimental",
            "deprecated",
        ]);
        match kind {
            "Component" => json!({
                "type": dice.one_of(&["service", "service", "service", "library", "website", "cli"]),
                "lifecycle": lifecycle,
                "owner": owner,
                "system": system,
                "providesApis": [name_of("API", dice.below(self.apis))],
                "consumesApis": [name_of("API", dice.below(self.apis)), name_of("API", dice.below(self.apis))],
                "dependsOn": [format!("resource:{}", name_of("Resource", dice.below(self.resources)))],
            }),
            "API" => json!({
                "type": dice.one_of(&["openapi", "asyncapi", "grpc", "graphql"]),
                "lifecycle": lifecycle,
                "owner": owner,
                "system": system,
                "definition": format!("openapi: 3.1.0\ninfo:\n  title: API {index}\n  description: {}\n", dice.sentence(70)),
            }),
            "Resource" => json!({
                "type": dice.one_of(&["database", "queue", "bucket"]), "owner": owner, "system": system,
            }),
            "System" => {
                json!({ "owner": owner, "domain": name_of("Domain", dice.below(self.domains)) })
            }
            "Domain" => json!({ "owner": owner, "tier": format!("tier-{}", 1 + dice.below(3)) }),
            "Group" => json!({
                "type": "squad",
                "children": [],
                "parent": name_of("Group", index / 8),
                "colony": if index < 10 { Value::from(format!("colony-{index}")) } else { Value::Null },
                "profile": { "displayName": format!("Squad {}", title(&name_of("Group", index))) },
            }),
            _ => json!({
                "memberOf": [owner],
                "profile": { "displayName": format!("Person {index}"), "email": format!("person-{index}@example.org") },
            }),
        }
    }
}

fn metadata(kind: &str, name: &str, dice: &mut Dice) -> Value {
    let slug = format!("example/{name}");
    let file = format!("url:https://github.com/{slug}/blob/main/catalog-info.yaml");
    let tags: Vec<&str> = (0..3).map(|_| *dice.one_of(&TAGS)).collect();
    let mut annotations = Map::new();
    for (key, value) in [
        ("backstage.io/managed-by-location", file.clone()),
        ("backstage.io/managed-by-origin-location", file.clone()),
        (
            "backstage.io/source-location",
            format!("url:https://github.com/{slug}/tree/main/"),
        ),
        (
            "backstage.io/view-url",
            format!("https://github.com/{slug}/blob/main/catalog-info.yaml"),
        ),
        (
            "backstage.io/edit-url",
            format!("https://github.com/{slug}/edit/main/catalog-info.yaml"),
        ),
        ("backstage.io/techdocs-ref", "dir:.".to_owned()),
        ("github.com/project-slug", slug.clone()),
        ("sonarqube.org/project-key", format!("example_{name}")),
        ("pagerduty.com/integration-key", dice.hex(32)),
    ] {
        annotations.insert(key.to_owned(), value.into());
    }
    json!({
        "name": name,
        "namespace": "default",
        "title": format!("{} {kind}", title(name)),
        "description": dice.sentence(14),
        "uid": format!("{}-{}-{}-{}-{}", dice.hex(8), dice.hex(4), dice.hex(4), dice.hex(4), dice.hex(12)),
        "etag": dice.hex(40),
        "tags": tags,
        "labels": { "example.org/cost-centre": format!("cc-{}", dice.below(40)), "example.org/region": dice.one_of(&["eu-north", "eu-west"]) },
        "annotations": annotations,
        "links": [
            { "url": format!("https://grafana.example.org/d/{name}"), "title": "Dashboard", "icon": "dashboard" },
            { "url": format!("https://logs.example.org/app/{name}"), "title": "Logs", "icon": "logs" },
            { "url": format!("https://runbooks.example.org/{name}"), "title": "Runbook", "icon": "docs" },
        ],
    })
}

fn name_of(kind: &str, index: usize) -> String {
    let area = AREAS.get(index % AREAS.len()).unwrap_or(&"area");
    let role = ROLES
        .get(index / AREAS.len() % ROLES.len())
        .unwrap_or(&"role");
    let number = index / (AREAS.len() * ROLES.len());
    let suffix = match kind {
        "Component" => "",
        "API" => "-api",
        "Resource" => "-db",
        "System" => "-system",
        "Group" => "-squad",
        "Domain" => "-domain",
        _ => "-person",
    };
    format!("{area}-{role}-{number}{suffix}")
}

fn title(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        format!("{}{rest}", first.to_uppercase())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The same throws for the same entity.
struct Dice(u64);

impl Dice {
    fn of(kind: &str, index: usize) -> Self {
        let kind: u64 = kind.bytes().map(u64::from).sum();
        Self((index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ kind << 32)
    }

    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.throw() >> 16).unwrap_or(0) % limit.max(1)
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let at = self.below(list.len());
        &list[at]
    }

    fn hex(&mut self, digits: usize) -> String {
        (0..digits)
            .map(|_| {
                char::from_digit(u32::try_from(self.below(16)).unwrap_or(0), 16).unwrap_or('0')
            })
            .collect()
    }

    fn sentence(&mut self, words: usize) -> String {
        let words: Vec<&str> = (0..words).map(|_| *self.one_of(&WORDS)).collect();
        words.join(" ")
    }
}
