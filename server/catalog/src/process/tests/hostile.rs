//! Bad input: each is a clear problem, and the rest of the catalog is untouched.

use std::{fmt::Write as _, os::unix::net::UnixListener};

use super::world::{World, check, component};

/// A good neighbour beside the bad file: it must always make it.
#[track_caller]
fn check_bad(text: impl AsRef<[u8]>, problem: &str) {
    let mut world = World::new(&[("good.yaml", &component("good"))]);
    world.write("bad.yaml", text);
    world.pass();
    assert_eq!(world.entities(), ["good good.yaml"]);
    let problems = world.problems();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].starts_with("bad.yaml:"), "{problems:#?}");
    assert!(problems[0].contains(problem), "{problems:#?}");
}

#[test]
fn a_yaml_bomb_is_refused() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let items = [format!("*a{}", level - 1).as_str()].repeat(9).join(", ");
        writeln!(bomb, "a{level}: &a{level} [{items}]").unwrap();
    }
    check_bad(bomb, "more than 20000 values");
}

#[test]
fn nested_sequences_are_refused() {
    check_bad("[".repeat(10_000), "deeper than 64");
    check_bad("- ".repeat(5_000), "deeper than 64");
}

#[test]
fn a_large_document_is_refused() {
    check_bad(
        format!("a: {}", "x".repeat(5_000_000)),
        "the document has 5000003 bytes",
    );
    check_bad("x".repeat(17 * 1024 * 1024), "the file has 17825792 bytes");
}

#[test]
fn a_large_file_of_small_documents_is_read() {
    let mut text = String::new();
    let padding = "x".repeat(100_000);
    for index in 0..60 {
        let document = component(&format!("c{index}"));
        write!(text, "{document}  padding: {padding}\n---\n").unwrap();
    }
    let mut world = World::new(&[("large.yaml", &text)]);
    world.pass();
    assert_eq!(world.entities().len(), 60);
    assert!(world.problems().is_empty());
}

#[test]
fn a_binary_file_is_refused() {
    check_bad(b"\x7fELF\x02\x01\x01\x00\x00\x00", "the file is binary");
    check_bad(b"kind: \xff\xfe", "is not UTF-8");
}

#[test]
fn what_is_no_mapping_is_refused() {
    check_bad("just text", "entity");
    check_bad("- a\n- b\n", "entity");
    check_bad("a: 1\na: 2\n", "the key `a` appears twice");
}

#[test]
fn a_name_with_markup_is_refused() {
    check_bad(
        component("<script>alert(1)</script>"),
        "entity metadata.name",
    );
}

#[test]
fn a_link_that_runs_code_is_told_and_the_entity_stays() {
    let links = "  links:\n    - url: javascript:alert(1)\nspec:";
    let text = component("a").replace("spec:", links);
    check(
        &[("a.yaml", &text)],
        &["a a.yaml"],
        &["a.yaml:6:7 entity metadata.links[0].url: "],
    );
}

#[test]
fn what_cannot_be_read_is_told() {
    let mut world = World::new(&[("good.yaml", &component("good"))]);
    let _socket = UnixListener::bind(world.path("socket.yaml")).unwrap();
    std::os::unix::fs::symlink("nowhere.yaml", world.path("dangling.yaml")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", world.path("passwd.yaml")).unwrap();
    world.check(
        &["good good.yaml"],
        &[
            "dangling.yaml:0:0 target there is no such file",
            "passwd.yaml:0:0 target the path leads out of",
            "socket.yaml:0:0 target this is not a regular file",
        ],
    );
}

#[test]
fn a_flood_of_problems_is_cut_short() {
    let mut world = World::new(&[("good.yaml", &component("good"))]);
    world.write("flood.yaml", "--- x\n".repeat(100_000));
    world.pass();
    assert_eq!(world.entities(), ["good good.yaml"]);
    let problems = world.problems();
    assert_eq!(problems.len(), 200);
    assert!(problems[199].contains("more problems follow"));
}

#[test]
fn placeholders_have_limits_of_their_own() {
    let api = "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: pay\nspec:\n  \
               type: openapi\n  lifecycle: production\n  owner: team\n  definition: x\n  extra:\n";
    let text = format!("{api}    large:\n      $json: ./large.json\n");
    let large = format!("[{}1]", "1,".repeat(100_000));
    let mut world = World::new(&[("pay.yaml", &text), ("large.json", &large)]);
    world.check(&["api:default/pay pay.yaml"], &[]);
    world.write("large.json", format!("[{}1]", "1,".repeat(600_000)));
    world.check(
        &["api:default/pay pay.yaml"],
        &["pay.yaml:11:5 placeholder spec.extra.large"],
    );
}
