//! Small trees beside small portals.

use std::{fs, path::Path};

use model::catalog::KindSet;
use tempfile::TempDir;

use super::*;
use crate::check::format_problem;

const PREFIX: &str = "file:/srv/catalog";

fn system(name: &str, owner: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: {name}\nspec:\n  owner: {owner}\n"
    )
}

fn group(name: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: {name}\nspec:\n  type: team\n  children: []\n"
    )
}

fn write(root: &Path, files: &[(&str, String)]) {
    for (path, text) in files {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    }
}

fn read(root: &Path, paths: &[&str]) -> Checked {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    Checked::read(&paths, root, &KindSet::default()).unwrap()
}

/// A portal's answer: what it would say of files below each prefix.
fn portal(parts: &[(&str, &[(&str, String)])]) -> PortalEntities {
    let mut bodies = Vec::new();
    for (prefix, files) in parts {
        let folder = TempDir::new().unwrap();
        let root = folder.path().canonicalize().unwrap();
        write(&root, files);
        let checked = read(&root, &["."]);
        let batch = checked.decide(&Owners::default());
        let here = location_of(&root);
        // The configured location's own entity is there, as a portal has one.
        bodies.extend(batch.puts.iter().map(|put| put.body.replace(&here, prefix)));
    }
    PortalEntities::read(format!("[{}]", bodies.join(",")).as_bytes()).unwrap()
}

struct Told {
    lines: Vec<String>,
    place: Option<String>,
}

/// What is said of a tree: a line for each entity and problem.
fn told(
    tree: &[(&str, String)],
    paths: &[&str],
    portal: &PortalEntities,
    repository: Option<&str>,
) -> Told {
    let folder = TempDir::new().unwrap();
    let root = folder.path().canonicalize().unwrap();
    write(&root, tree);
    let origin = TreeOrigin {
        root: root.clone(),
        repository: repository.map(str::to_owned),
    };
    let comparison = read(&root, paths).against(portal, &origin, None);
    let mut lines = Vec::new();
    let short = |change: &Change| {
        let file = change.file.strip_prefix(&root).unwrap();
        format!("{} {}", change.entity_ref, file.display())
    };
    lines.extend(
        comparison
            .added
            .iter()
            .map(|own| format!("+ {}", short(own))),
    );
    for change in &comparison.changed {
        let fields = change.fields.iter().map(|field| field.path.dotted());
        lines.push(format!(
            "~ {} {}",
            short(change),
            fields.collect::<Vec<_>>().join(" ")
        ));
    }
    lines.extend(
        comparison
            .removed
            .iter()
            .map(|own| format!("- {}", short(own))),
    );
    let problem = |own: &StoredProblem| {
        format_problem(own, &root)
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    lines.extend(comparison.problems.iter().map(problem));
    lines.extend(comparison.known.iter().map(problem));
    Told {
        lines,
        place: comparison.place.map(|place| place.prefix),
    }
}

#[track_caller]
fn check(tree: &[(&str, String)], there: &[(&str, String)], expected: &[&str]) {
    let portal = portal(&[(PREFIX, there)]);
    assert_eq!(told(tree, &["."], &portal, None).lines, expected);
}

#[test]
fn the_same_files_elsewhere_change_nothing() {
    let files = [
        ("a/x.yaml", system("pay", "team")),
        ("t.yaml", group("team")),
    ];
    check(&files, &files, &[]);
}

#[test]
fn entities_come_change_and_go() {
    check(
        &[
            ("t.yaml", group("team") + "---\n" + &group("other")),
            ("a/x.yaml", system("pay", "other")),
            ("new.yaml", system("new", "team")),
        ],
        &[
            ("t.yaml", group("team") + "---\n" + &group("other")),
            ("a/x.yaml", system("pay", "team")),
            ("gone.yaml", system("gone", "team")),
        ],
        &[
            "+ system:default/new new.yaml",
            "~ system:default/pay a/x.yaml spec.owner",
            "- system:default/gone gone.yaml",
        ],
    );
}

#[test]
fn an_entity_that_moves_to_another_file_stays() {
    check(
        &[("t.yaml", group("team")), ("b/x.yaml", group("moved"))],
        &[("t.yaml", group("team")), ("a/y.yaml", group("moved"))],
        &[],
    );
}

#[test]
fn what_does_not_exist_is_told_where_it_is_named_and_what_was_so_before_is_a_warning() {
    check(
        &[
            ("a.yaml", system("a", "nobody")),
            ("b.yaml", system("b", "group:gone")),
            ("c.yaml", system("c", "lost")),
        ],
        &[
            ("a.yaml", system("a", "somebody")),
            ("b.yaml", system("b", "group:gone")),
            ("c.yaml", system("c", "lost")),
            ("t.yaml", group("gone") + "---\n" + &group("somebody")),
        ],
        &[
            "~ system:default/a a.yaml spec.owner",
            "- group:default/gone t.yaml",
            "- group:default/somebody t.yaml",
            "a.yaml:6:10: error: the owner group:default/nobody does not exist",
            "b.yaml:6:10: error: the owner group:default/gone does not exist after this change",
            "c.yaml:6:10: warning: the owner group:default/lost does not exist, as before",
        ],
    );
}

#[test]
fn what_others_refer_to_is_missed() {
    let portal = portal(&[
        (
            PREFIX,
            &[("t.yaml", group("team") + "---\n" + &group("stays"))],
        ),
        (
            "url:https://h/acme/pay/blob/main",
            &[("x.yaml", system("pay", "team"))],
        ),
    ]);
    let told = told(&[("t.yaml", group("stays"))], &["."], &portal, None);
    assert_eq!(
        told.lines,
        [
            "- group:default/team t.yaml",
            "url:https://h/acme/pay/blob/main/x.yaml: error: system:default/pay refers to \
             group:default/team in spec.owner, which would be gone",
        ]
    );
}

#[test]
fn what_comes_from_elsewhere_is_not_removed_and_not_taken_over() {
    let tree = [
        ("a.yaml", group("a")),
        ("b.yaml", group("b") + "---\n" + &group("other")),
    ];
    let portal = portal(&[
        (PREFIX, &[("a.yaml", group("a")), ("b.yaml", group("b"))]),
        (
            "file:/srv/others",
            &[("a.yaml", group("other")), ("c.yaml", group("third"))],
        ),
    ]);
    let told = told(&tree, &["."], &portal, None);
    assert_eq!(told.place.as_deref(), Some(PREFIX));
    assert_eq!(
        told.lines,
        ["b.yaml:9:1: error: group:default/other is already in file:/srv/others/a.yaml"]
    );
}

#[test]
fn only_what_the_checked_paths_bring_can_be_removed() {
    let tree = [("a/x.yaml", group("x"))];
    let there = [
        ("a/x.yaml", group("x")),
        ("a/gone.yaml", group("gone")),
        ("b/y.yaml", group("y")),
    ];
    let portal = portal(&[(PREFIX, &there)]);
    assert_eq!(
        told(&tree, &["a"], &portal, None).lines,
        ["- group:default/gone a/gone.yaml"]
    );
    assert_eq!(
        told(&tree, &["a/x.yaml"], &portal, None).lines,
        Vec::<String>::new()
    );
    assert_eq!(
        told(&tree, &["*/*.yaml"], &portal, None).lines,
        [
            "- group:default/gone a/gone.yaml",
            "- group:default/y b/y.yaml"
        ]
    );
}

#[test]
fn what_cannot_be_read_now_is_not_removed() {
    let tree = [
        ("a.yaml", group("a")),
        ("b.yaml", "kind: [\n".to_owned()),
        ("c.yaml", system("c", "") + "---\n" + &group("d")),
    ];
    let there = [
        ("a.yaml", group("a")),
        ("b.yaml", group("b")),
        (
            "c.yaml",
            system("c", "a") + "---\n" + &group("d") + "---\n" + &group("gone"),
        ),
    ];
    let portal = portal(&[(PREFIX, &there)]);
    let lines = told(&tree, &["."], &portal, None).lines;
    assert_eq!(lines[0], "- group:default/gone c.yaml");
    assert!(
        lines[1..].iter().all(|line| line.contains(": error: ")),
        "{lines:?}"
    );
    assert_eq!(lines.len(), 3, "{lines:?}");
}

#[test]
fn what_a_broken_location_leads_to_is_not_removed() {
    let all = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\n\
               spec: {target: ./x/t.yaml}\n";
    let there = [("all.yaml", all.to_owned()), ("x/t.yaml", group("team"))];
    let portal = portal(&[(PREFIX, &there)]);
    let broken = [
        ("all.yaml", all.replace("metadata:", "metadata: [")),
        ("more.yaml", group("more")),
        ("x/t.yaml", group("team")),
    ];
    let lines = told(&broken, &["all.yaml", "more.yaml"], &portal, None).lines;
    assert_eq!(lines[0], "+ group:default/more more.yaml");
    assert_eq!(lines.len(), 2, "{lines:?}");
}

#[test]
fn a_repositorys_address_tells_its_files_when_no_entity_does() {
    let there = [("gone.yaml", group("gone"))];
    let portal = portal(&[
        ("url:https://github.com/acme/pay/blob/main", &there),
        (
            "url:https://github.com/acme/other/blob/main",
            &[("x.yaml", group("x"))],
        ),
    ]);
    let tree = [("x.yaml", group("new"))];
    assert_eq!(
        told(&tree, &["."], &portal, Some("github.com/acme/pay")).lines,
        [
            "+ group:default/new x.yaml",
            "- group:default/gone gone.yaml"
        ]
    );
    let unknown = told(&tree, &["."], &portal, None);
    assert_eq!(unknown.lines, ["+ group:default/new x.yaml"]);
    assert_eq!(unknown.place, None);
}

#[test]
fn what_a_portal_adds_is_no_change() {
    let body = "{\"apiVersion\":\"backstage.io/v1alpha1\",\"kind\":\"Group\",\"metadata\":{\"namespace\":\"default\",\
                \"name\":\"t\",\"uid\":\"1\",\"etag\":\"2\",\"annotations\":{\"backstage.io/view-url\":\"https://h/t\",\
                \"backstage.io/managed-by-location\":\"file:/srv/t.yaml\"}},\"relations\":[],\
                \"spec\":{\"type\":\"team\",\"children\":[]}}";
    let portal = PortalEntities::read(format!("[{body}]").as_bytes()).unwrap();
    assert_eq!(
        told(&[("t.yaml", group("t"))], &["."], &portal, None).lines,
        Vec::<String>::new()
    );
}

#[test]
fn rubbish_is_not_a_portals_answer() {
    let said = |answer: &str| {
        PortalEntities::read(answer.as_bytes())
            .unwrap_err()
            .to_string()
    };
    assert!(said("<html>").starts_with("it is not a list of entities: expected value"));
    assert!(said("{\"items\":[]}").starts_with("it is not a list of entities: invalid type: map"));
    for entity in ["1", "{}", "{\"kind\":\"API\",\"metadata\":{\"name\":\"\"}}"] {
        let text = said(&format!("[{entity}]"));
        assert_eq!(
            text,
            "entity 1 of its list has no kind and name that can be read"
        );
    }
}
