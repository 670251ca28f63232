//! Locations: configured ones and entities of that kind, and targets that come and go.

use std::fs;

use serde_json::json;

use super::world::{World, component, location};

fn one_file(target: &str) -> World {
    World::configured(&json!({"locations": [{"type": "file", "target": target}]}))
}

#[test]
fn a_configured_location_has_an_entity_of_its_own() {
    let mut world = one_file("all.yaml");
    world.write("all.yaml", component("a"));
    world.check(&["a all.yaml"], &[]);
    let target = world.path("all.yaml").display().to_string();
    let location = model::catalog::LocationRef::new("file", &target).unwrap();
    let body = world.body(&format!("location:default/{}", location.generated_name()));
    assert_eq!(body["spec"], json!({"type": "file", "target": target}));
}

#[test]
fn a_glob_reads_what_matches() {
    let mut world = one_file("services/*/catalog-info.yaml");
    world.write("services/a/catalog-info.yaml", component("a"));
    world.write("services/a/deep/catalog-info.yaml", component("deep"));
    world.write("services/b/other.yaml", component("b"));
    world.check(&["a services/a/catalog-info.yaml"], &[]);
    world.write("services/c/catalog-info.yaml", component("c"));
    world.check(
        &[
            "a services/a/catalog-info.yaml",
            "c services/c/catalog-info.yaml",
        ],
        &[],
    );
}

#[test]
fn locations_lead_to_files_directories_and_globs() {
    let mut world = one_file("all.yaml");
    world.write(
        "all.yaml",
        location("all", &["./one.yaml", "x", "y/**/*.yaml", "./none*"]),
    );
    world.write("one.yaml", component("one"));
    world.write("x/two.yaml", component("two"));
    world.write("x/.hidden/three.yaml", component("three"));
    world.write("y/z/four.yaml", component("four"));
    world.check(
        &[
            "four y/z/four.yaml",
            "location:default/all all.yaml",
            "one one.yaml",
            "two x/two.yaml",
        ],
        &["all.yaml:6:44 target none*: there is no such file"],
    );
}

#[test]
fn a_missing_target_is_a_problem_and_its_entities_stay() {
    let mut world = one_file("all.yaml");
    world.write("all.yaml", location("all", &["./a.yaml", "./sub/all.yaml"]));
    world.write("a.yaml", component("a"));
    world.write("sub/all.yaml", location("sub", &["./b.yaml"]));
    world.write("sub/b.yaml", component("b"));
    let everything = [
        "a a.yaml",
        "b sub/b.yaml",
        "location:default/all all.yaml",
        "location:default/sub sub/all.yaml",
    ];
    world.check(&everything, &[]);
    world.remove("a.yaml");
    world.remove("sub/all.yaml");
    let missing = "there is no such file or directory";
    let problems = [
        format!("all.yaml:6:13 target a.yaml: {missing}"),
        format!("all.yaml:6:24 target sub/all.yaml: {missing}"),
    ];
    world.check(&everything, &problems.each_ref().map(String::as_str));
    world.write("sub/b.yaml", component("b").replace("team", "crew"));
    world.check(&everything, &problems.each_ref().map(String::as_str));
    assert_eq!(world.body("component:default/b")["spec"]["owner"], "crew");
    world.write("all.yaml", location("all", &[]));
    world.check(&["location:default/all all.yaml"], &[]);
}

#[test]
fn an_optional_target_may_be_missing() {
    let mut world = one_file("all.yaml");
    let text = location("all", &["./a.yaml"]);
    world.write("all.yaml", format!("{text}  presence: optional\n"));
    world.check(&["location:default/all all.yaml"], &[]);
}

#[test]
fn a_configured_location_that_vanishes_keeps_everything() {
    let mut world = one_file("all.yaml");
    world.write("all.yaml", location("all", &["./a.yaml"]));
    world.write("a.yaml", component("a"));
    let everything = ["a a.yaml", "location:default/all all.yaml"];
    world.check(&everything, &[]);
    world.remove("all.yaml");
    world.check(
        &everything,
        &["all.yaml:0:0 target there is no such file or directory"],
    );
}

#[test]
fn a_location_that_breaks_still_leads_where_it_led() {
    let mut world = one_file("all.yaml");
    world.write("all.yaml", location("all", &["./a.yaml"]));
    world.write("a.yaml", component("a"));
    let everything = ["a a.yaml", "location:default/all all.yaml"];
    world.check(&everything, &[]);
    world.write("all.yaml", "kind: [");
    world.write("a.yaml", component("a").replace("team", "crew"));
    world.check(&everything, &["all.yaml:"]);
    assert_eq!(world.body("component:default/a")["spec"]["owner"], "crew");
}

#[test]
fn a_location_that_is_no_longer_configured_takes_its_entities_along() {
    let two = json!({"locations": [
        {"type": "file", "target": "a.yaml"},
        {"type": "file", "target": "b.yaml"},
    ]});
    let mut world = World::configured(&two);
    world.write("a.yaml", component("a"));
    world.write("b.yaml", component("b"));
    world.check(&["a a.yaml", "b b.yaml"], &[]);
    world.keep_orphans();
    world.config.locations.pop();
    world.check(&["a a.yaml"], &[]);
    assert_eq!(world.owners.0.len(), 2);
}

#[test]
fn nothing_outside_the_tree_is_read() {
    let mut world = one_file("in/all.yaml");
    world.write("out.yaml", component("out"));
    world.write("in/a.yaml", component("a"));
    let outside = world.path("out.yaml").display().to_string();
    let targets = [&outside, "./link.yaml", "./links", "./a.yaml"];
    world.write("in/all.yaml", location("all", &targets));
    std::os::unix::fs::symlink("../out.yaml", world.path("in/link.yaml")).unwrap();
    fs::create_dir(world.path("in/links")).unwrap();
    std::os::unix::fs::symlink(world.path(""), world.path("in/links/up")).unwrap();
    world.pass();
    assert_eq!(
        world.entities(),
        ["a in/a.yaml", "location:default/all in/all.yaml"]
    );
    let problems = world.problems();
    assert_eq!(problems.len(), 3, "{problems:#?}");
    assert!(
        problems
            .iter()
            .all(|problem| problem.contains("leads out of")),
        "{problems:#?}"
    );
}

#[test]
fn links_inside_the_tree_are_followed_once() {
    let mut world = World::new(&[("a/x.yaml", &component("x"))]);
    std::os::unix::fs::symlink("a", world.path("b")).unwrap();
    std::os::unix::fs::symlink("..", world.path("a/up")).unwrap();
    world.pass();
    assert_eq!(world.entities().len(), 1);
    assert!(world.problems().is_empty(), "{:?}", world.problems());
}

#[test]
fn a_place_that_this_portal_does_not_read_is_a_problem() {
    let mut world = World::configured(&json!({"locations": [
        {"type": "url", "target": "https://x.io/all.yaml"},
        {"type": "file", "target": "all.yaml"},
        {"type": "ftp", "target": "x.io/all.yaml"},
    ]}));
    let targets = |name: &str, kind: &str, target: &str| {
        location(name, &[target]).replace("spec:", &format!("spec:\n  type: {kind}"))
    };
    let text = [
        targets("all", "url", "https://x.io/b.yaml"),
        targets("more", "ftp", "b.yaml"),
    ];
    world.write("all.yaml", text.join("---\n"));
    world.pass().fetch();
    world.check(
        &[
            "location:default/all all.yaml",
            "location:default/more all.yaml",
        ],
        &[
            "all.yaml:7:13 target https://x.io/b.yaml: https://x.io/b.yaml is not among",
            "all.yaml:15:13 target locations of type ftp",
            "ftp:x.io/all.yaml:0:0 target",
            "url:https://x.io/all.yaml:0:0 target",
        ],
    );
}
