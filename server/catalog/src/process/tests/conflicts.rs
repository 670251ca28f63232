//! Two documents for one entity: the first writer keeps it, the other takes over at once.

use super::world::{World, check, component, location};

#[test]
fn the_first_writer_wins_and_the_other_is_told_of_it() {
    let files = [("a.yaml", component("x")), ("b.yaml", component("x"))];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    check(
        &files,
        &["x a.yaml"],
        &["b.yaml:4:9 conflict component:default/x is already in a.yaml:1"],
    );
}

#[test]
fn names_that_differ_in_case_only_are_the_same() {
    let text = format!("{}---\n{}", component("Pay"), component("pAY"));
    check(
        &[("x.yaml", &text)],
        &["pay x.yaml"],
        &["x.yaml:13:9 conflict component:default/pay is already in x.yaml:1"],
    );
}

#[test]
fn the_owner_keeps_its_entity_across_restarts_and_order() {
    let mut world = World::new(&[("m.yaml", &component("x"))]);
    world.check(&["x m.yaml"], &[]);
    world.write("a.yaml", component("x"));
    let problem = "a.yaml:4:9 conflict component:default/x is already in m.yaml:1";
    world.check(&["x m.yaml"], &[problem]).restart();
    world.check(&["x m.yaml"], &[problem]);
    assert!(world.batch.puts.is_empty());
}

#[test]
fn when_the_winner_goes_the_other_takes_over_at_once() {
    let targets = location("all", &["./x/*.yaml"]);
    let mut world = World::new(&[("all.yaml", &targets)]);
    world.write("x/a.yaml", component("x"));
    world.write("x/b.yaml", component("x").replace("team", "crew"));
    let all = "location:default/all all.yaml";
    world.check(&[all, "x x/a.yaml"], &["x/b.yaml:4:9 conflict"]);
    world.remove("x/a.yaml");
    world.check(&[all, "x x/b.yaml"], &[]);
    assert_eq!(world.body("component:default/x")["spec"]["owner"], "crew");
    assert!(world.batch.deletes.is_empty());
}

#[test]
fn a_winner_that_breaks_keeps_its_entity() {
    let mut world = World::new(&[("a.yaml", &component("x")), ("b.yaml", &component("x"))]);
    world.check(&["x a.yaml"], &["b.yaml:4:9 conflict"]);
    world.write("a.yaml", component("x").replace("spec:", "spec: ["));
    world.check(
        &["x a.yaml"],
        &[
            "a.yaml:",
            "b.yaml:4:9 conflict component:default/x is already in a.yaml:1",
        ],
    );
}

#[test]
fn one_file_reached_twice_is_no_conflict() {
    let all = location("all", &["./c.yaml", "./*.yaml", "."]);
    let files = [("all.yaml", all.as_str()), ("c.yaml", &component("c"))];
    check(&files, &["c c.yaml", "location:default/all all.yaml"], &[]);
}
