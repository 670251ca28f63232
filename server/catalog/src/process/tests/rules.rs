//! Which kinds may come from where holds at every hop.

use serde_json::json;

use super::world::{World, component, location};

const USER: &str = "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: ann\nspec:\n  \
                    memberOf: []\n";

#[test]
fn a_kind_that_is_not_allowed_is_refused_alone() {
    let target = json!({"locations": [{"type": "file", "target": "all.yaml"}]});
    let mut world = World::configured(&target);
    world.write("all.yaml", location("all", &["./a.yaml"]));
    world.write("a.yaml", format!("{USER}---\n{}", component("a")));
    world.check(
        &["a a.yaml", "location:default/all all.yaml"],
        &["a.yaml:2:7 rules kind User may not come from this location"],
    );
}

#[test]
fn what_a_rule_allows_holds_for_everything_below_its_location() {
    let mut world = World::configured(&json!({"locations": [
        {"type": "file", "target": "all.yaml", "rules": [{"allow": ["User"]}]},
    ]}));
    world.write("all.yaml", location("all", &["./a.yaml"]));
    world.write("a.yaml", USER);
    world.check(
        &["location:default/all all.yaml", "user:default/ann a.yaml"],
        &[],
    );
    world.config.rules = crate::config::Rules::default();
    world.check(&["location:default/all all.yaml"], &["a.yaml:2:7 rules"]);
}

#[test]
fn other_kinds_need_to_be_named_in_the_configuration() {
    let text = "apiVersion: acme.io/v1\nkind: Robot\nmetadata:\n  name: r2\n";
    let mut world = World::new(&[("a.yaml", text)]);
    world.check(&[], &["a.yaml:2:1 entity kind: "]);
    world.config.kinds = ["Robot"].into_iter().collect();
    world.restart();
    world.check(&["robot:default/r2 a.yaml"], &[]);
}
