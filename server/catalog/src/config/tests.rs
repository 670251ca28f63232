use model::catalog::LocationRef;
use serde_json::json;

use super::*;

fn read(catalog: &Value) -> Result<CatalogConfig, Vec<Problem>> {
    CatalogConfig::from_value(catalog, Path::new("/srv/portal"))
}

#[track_caller]
fn check_refused(catalog: &Value, path: &str, message: &str) {
    let problems = read(catalog).unwrap_err();
    let places: Vec<_> = problems
        .iter()
        .map(|p| (p.path.dotted(), &p.message))
        .collect();
    assert_eq!(problems.len(), 1, "{places:?}");
    assert_eq!(problems[0].path.dotted(), path);
    assert!(problems[0].message.contains(message), "{}", problems[0]);
}

#[test]
fn a_backstage_configuration_is_understood() {
    let config = read(&json!({
        "orphanStrategy": "keep",
        "processingInterval": {"minutes": 30},
        "locations": [
            {"type": "file", "target": "../catalog/./all.yaml", "rules": [{"allow": ["User"]}]},
            {"type": "url", "target": "https://x.io/a.yaml", "presence": "optional"},
        ],
        "providers": {"gitlab": {}},
        "fields": [{"id": "tier", "title": "Tier", "path": "spec.tier"}],
        "kinds": ["AiResource"],
    }))
    .unwrap();
    let locations: Vec<_> = config
        .locations
        .iter()
        .map(|own| own.location.to_string())
        .collect();
    assert_eq!(
        locations,
        ["file:/srv/catalog/all.yaml", "url:https://x.io/a.yaml"]
    );
    assert!(config.locations[1].is_optional);
    assert_eq!(config.orphan_strategy, OrphanStrategy::Keep);
    assert_eq!(config.processing_interval, Some(Duration::from_secs(1800)));
    assert_eq!(config.fields[0].id, "tier");
    assert!(config.kinds.contains("AiResource"));
    assert_eq!(config.unknown_keys, ["providers.gitlab"]);
}

#[test]
fn an_absent_catalog_has_the_defaults() {
    let config = read(&Value::Null).unwrap();
    assert!(config.locations.is_empty());
    assert_eq!(config.orphan_strategy, OrphanStrategy::Delete);
    assert!(config.processing_interval.is_some());
}

#[test]
fn a_wrong_value_is_refused_at_its_place() {
    check_refused(&json!({"locations": {}}), "locations", "a mapping");
    check_refused(
        &json!({"locations": [{"type": "file"}]}),
        "locations[0]",
        "target is missing",
    );
    check_refused(
        &json!({"locations": [{"type": "url", "target": "javascript:alert(1)"}]}),
        "locations[0]",
        "javascript",
    );
    check_refused(
        &json!({"orphanStrategy": "burn"}),
        "orphanStrategy",
        "`burn`",
    );
    check_refused(
        &json!({"processingInterval": "soon"}),
        "processingInterval",
        "`soon`",
    );
    check_refused(
        &json!({"rules": [{"allow": [5]}]}),
        "rules[0].allow[0]",
        "the number 5",
    );
    check_refused(&json!({"rules": [{}]}), "rules[0]", "allow is missing");
    check_refused(
        &json!({"fields": [{"id": "x"}]}),
        "fields[0]",
        "missing field",
    );
    check_refused(&json!({"kinds": ["a b"]}), "kinds[0]", "`a b`");
    check_refused(&json!(["x"]), "", "a list");
}

#[track_caller]
fn check_rules(catalog: &Value, origin: &str, allowed: &[&str], refused: &[&str]) {
    let rules = read(catalog).unwrap().rules;
    let origin = LocationRef::parse(origin).unwrap();
    let allows = |entity: &&str| match entity.split_once('/') {
        Some((kind, spec_type)) => rules.allow(&origin, kind, Some(spec_type)),
        None => rules.allow(&origin, entity, None),
    };
    assert!(allowed.iter().all(&allows), "{allowed:?}");
    assert!(!refused.iter().any(allows), "{refused:?}");
}

#[test]
fn only_three_kinds_are_allowed_by_default() {
    let allowed = ["Component", "api", "Location"];
    let refused = ["User", "Group", "Template", "System", "Domain", "Resource"];
    check_rules(&json!({}), "file:/a.yaml", &allowed, &refused);
}

#[test]
fn configured_rules_replace_the_default_ones() {
    let catalog = json!({"rules": [{"allow": ["Group", {"kind": "API", "spec.type": "grpc"}]}]});
    check_rules(
        &catalog,
        "file:/a.yaml",
        &["group", "api/gRPC"],
        &["Component", "API", "API/x"],
    );
}

#[test]
fn a_rule_holds_for_its_locations_only() {
    let catalog = json!({"rules": [
        {"allow": ["User"], "locations": [{"type": "url", "pattern": "https://x.io/*/ORG.yaml"}]},
        {"allow": ["Group"], "locations": [{"type": "file", "exact": "/org.yaml"}]},
        {"allow": ["API"], "locations": [{"type": "file"}]},
    ]});
    check_rules(
        &catalog,
        "url:https://x.io/a/org.yaml",
        &["User"],
        &["Group", "API"],
    );
    check_rules(&catalog, "url:https://x.io/a/b/org.yaml", &[], &["User"]);
    check_rules(&catalog, "file:/org.yaml", &["Group", "API"], &["User"]);
}

#[test]
fn a_location_may_allow_more_for_itself() {
    let catalog = json!({"locations": [
        {"type": "file", "target": "org.yaml", "rules": [{"allow": ["User", "Group"]}]},
    ]});
    check_rules(
        &catalog,
        "file:/srv/portal/org.yaml",
        &["User", "Component"],
        &["System"],
    );
    check_rules(
        &catalog,
        "file:/srv/portal/other.yaml",
        &["Component"],
        &["User"],
    );
}
