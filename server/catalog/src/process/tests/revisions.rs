//! Documents become entities; what was good stays until something better comes.

use super::world::{World, check, component};

#[test]
fn every_document_of_every_file_becomes_an_entity() {
    let two = format!("{}---\n# nothing\n---\n{}", component("a"), component("b"));
    let files = [
        ("x/one.yaml", two.as_str()),
        ("x/y/two.yml", &component("c")),
        ("no.txt", "x"),
    ];
    let world = check(
        &files,
        &["a x/one.yaml", "b x/one.yaml", "c x/y/two.yml"],
        &[],
    );
    let lines: Vec<_> = ["component:default/a", "component:default/b"]
        .map(|own| world.owners.0[own].line)
        .into();
    assert_eq!(lines, [Some(1), Some(12)]);
}

#[test]
fn an_entity_says_which_file_and_location_it_comes_from() {
    let world = check(&[("a.yaml", &component("a"))], &["a a.yaml"], &[]);
    let body = world.body("component:default/a");
    let annotations = &body["metadata"]["annotations"];
    let file = format!("file:{}", world.path("a.yaml").display());
    let origin = file.trim_end_matches("/a.yaml");
    assert_eq!(annotations["backstage.io/managed-by-location"], file);
    assert_eq!(
        annotations["backstage.io/managed-by-origin-location"],
        origin
    );
    assert_eq!(body["metadata"]["namespace"], "default");
}

#[test]
fn a_second_pass_over_the_same_files_changes_nothing() {
    let mut world = World::new(&[("a.yaml", &component("a")), ("b.yaml", "kind: [")]);
    world.pass();
    assert_eq!(world.batch.puts.len(), 2);
    for restart in [false, true] {
        if restart {
            world.restart();
        }
        world.pass();
        assert!(world.batch.puts.is_empty() && world.batch.deletes.is_empty());
        assert_eq!(world.problems().len(), 1);
    }
}

#[test]
fn a_broken_document_never_hides_its_siblings() {
    let text = format!("{}---\nkind: [\n---\n{}", component("a"), component("b"));
    check(
        &[("x.yaml", &text)],
        &["a x.yaml", "b x.yaml"],
        &["x.yaml:10:7 syntax "],
    );
}

#[test]
fn a_document_that_breaks_keeps_its_last_good_revision() {
    let mut world = World::new(&[("a.yaml", &component("a")), ("b.yaml", &component("b"))]);
    world.check(&["a a.yaml", "b b.yaml"], &[]);
    let good = world.body("component:default/a");

    world.write("a.yaml", component("a").replace("  owner: team\n", ""));
    world.check(
        &["a a.yaml", "b b.yaml"],
        &["a.yaml:5:1 entity spec: owner is missing"],
    );
    assert_eq!(
        world.found()[0].entity_ref.as_ref().unwrap().as_str(),
        "component:default/a"
    );
    assert_eq!(world.body("component:default/a"), good);

    world.write("a.yaml", component("a").replace("metadata:", "metadata: ["));
    world
        .check(&["a a.yaml", "b b.yaml"], &["a.yaml:"])
        .restart();
    world.check(&["a a.yaml", "b b.yaml"], &["a.yaml:"]);

    world.write("a.yaml", component("a").replace("team", "crew"));
    world.check(&["a a.yaml", "b b.yaml"], &[]);
    assert_eq!(world.body("component:default/a")["spec"]["owner"], "crew");
}

#[test]
fn a_syntax_error_keeps_every_entity_that_may_be_behind_it() {
    let both = format!("{}---\n{}", component("a"), component("b"));
    let mut world = World::new(&[("x.yaml", &both)]);
    world.check(&["a x.yaml", "b x.yaml"], &[]);
    world.write("x.yaml", both.replace("name: b", "name: [b"));
    world.check(&["a x.yaml", "b x.yaml"], &["x.yaml:"]);
    world.write("x.yaml", b"\x00\x01\x02");
    world.check(
        &["a x.yaml", "b x.yaml"],
        &["x.yaml:1:1 syntax the file is binary"],
    );
    world.write("x.yaml", component("b"));
    world.check(&["b x.yaml"], &[]);
}

#[test]
fn an_entity_that_never_was_good_is_not_in_the_catalog() {
    let text = component("a").replace("type: service", "type: 5");
    check(
        &[("a.yaml", &text)],
        &[],
        &["a.yaml:6:3 entity spec.type: "],
    );
}

#[test]
fn an_entity_that_no_file_names_is_deleted_at_once() {
    let mut world = World::new(&[("a.yaml", &component("a")), ("b.yaml", &component("b"))]);
    world.check(&["a a.yaml", "b b.yaml"], &[]);
    world.remove("a.yaml");
    world.check(&["b b.yaml"], &[]);
    world.write("b.yaml", component("renamed"));
    world.check(&["renamed b.yaml"], &[]);
}

#[test]
fn orphans_stay_where_configuration_says_so() {
    let mut world = World::new(&[("a.yaml", &component("a"))]);
    world.keep_orphans();
    world.check(&["a a.yaml"], &[]);
    world.remove("a.yaml");
    world.check(&["a a.yaml orphan"], &[]);
    world.check(&["a a.yaml orphan"], &[]);
    assert!(world.batch.orphans.is_empty());
    world.write("b.yaml", component("a"));
    world.check(&["a b.yaml"], &[]);
}

#[test]
fn an_entity_moves_from_file_to_file_without_a_gap() {
    let mut world = World::new(&[("a.yaml", &component("a"))]);
    world.check(&["a a.yaml"], &[]);
    world.remove("a.yaml");
    world.write("b/c.yaml", component("a"));
    world.check(&["a b/c.yaml"], &[]);
    assert!(world.batch.deletes.is_empty());
}

#[test]
fn placeholders_bring_files_and_follow_their_changes() {
    let api = "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: pay\nspec:\n  \
               type: openapi\n  lifecycle: production\n  owner: team\n  definition:\n    \
               $text: ./docs/../openapi.yaml\n";
    let mut world = World::new(&[("pay.yaml", api), ("openapi.yaml", "openapi: 3.1.0\n")]);
    world.check(&["api:default/pay pay.yaml"], &[]);
    let definition = |world: &World| world.body("api:default/pay")["spec"]["definition"].clone();
    assert_eq!(definition(&world), "openapi: 3.1.0\n");

    world.write("openapi.yaml", "openapi: 3.0.0\n");
    world.check(&["api:default/pay pay.yaml"], &[]);
    assert_eq!(definition(&world), "openapi: 3.0.0\n");

    world.remove("openapi.yaml");
    let missing = "pay.yaml:9:3 placeholder spec.definition: ./docs/../openapi.yaml cannot be read";
    world.check(&["api:default/pay pay.yaml"], &[missing]);
    assert_eq!(definition(&world), "openapi: 3.0.0\n");

    world.write("pay.yaml", api.replace("./docs/../", "../"));
    world.check(
        &["api:default/pay pay.yaml"],
        &["pay.yaml:9:3 placeholder spec.definition: ../"],
    );
    assert!(
        world.problems()[0].contains("leads out of"),
        "{:?}",
        world.problems()
    );
}
