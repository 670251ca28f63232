//! Configuration files and what comes of them.

use std::path::PathBuf;

use super::*;

fn read(files: &[&str]) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = files
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let path = folder.path().join(format!("{index}.yaml"));
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect();
    Config::read(&paths, None, None)
}

#[track_caller]
fn check_refused(text: &str, place: &str, message: &str) {
    let error = read(&[text]).unwrap_err().to_string();
    assert!(error.contains(place), "{error}");
    assert!(error.contains(message), "{error}");
}

#[test]
fn later_files_win_key_by_key() {
    let config = read(&[
        "app: {title: One, baseUrl: http://x}\norganization: {name: Lunar}\n",
        "app: {title: Two}\nbackend: {listen: ':4000'}\nproxy: {}\n",
    ])
    .unwrap();
    assert_eq!(config.title, "Two");
    assert_eq!(config.organization, "Lunar");
    assert_eq!(config.listen.to_string(), "127.0.0.1:4000");
    assert_eq!(config.unknown_keys, ["proxy"]);
}

#[test]
fn jobs_are_kept_for_as_many_days_as_are_said() {
    let days = |text: &str| read(&[text]).unwrap().jobs_kept.as_secs() / (24 * 3600);
    assert_eq!(days("app: {}"), 30);
    assert_eq!(days("jobs: {keepDays: 365}"), 365);
    check_refused("jobs:\n  keepDays: 0\n", "0.yaml:2:", "jobs.keepDays");
    check_refused("jobs:\n  keepDays: long\n", "0.yaml:2:", "a number of days");
}

#[test]
fn a_wrong_value_is_shown_where_it_stands() {
    check_refused("app:\n  title: [1]\n", "0.yaml:2:", "app.title");
    check_refused("backend:\n  listen: nowhere\n", "0.yaml:2:", "nowhere");
    check_refused(
        "catalog:\n  locations:\n    - type: file\n",
        "0.yaml:3:",
        "target is missing",
    );
    check_refused("a: [\n", "0.yaml:", "expected");
}

#[test]
fn the_address_of_the_site_says_whether_it_is_served_over_tls() {
    let tls = |text: &str| read(&[text]).unwrap().tls;
    assert!(tls("app: {baseUrl: 'https://portal.example/'}"));
    assert!(!tls("app: {baseUrl: 'http://127.0.0.1:3000'}"));
    assert!(!tls("app: {title: One}"));
    check_refused(
        "app:\n  baseUrl: portal.example\n",
        "0.yaml:2:",
        "app.baseUrl",
    );
    check_refused("app:\n  baseUrl: 'ftp://x'\n", "0.yaml:2:", "app.baseUrl");
}

#[test]
fn guests_stay_on_loopback() {
    let guest = "auth: {providers: {guest: {}}}\nbackend: {listen: '0.0.0.0:80'}\n";
    check_refused(guest, "0.yaml:1:", "refused off loopback");
    check_refused("backend: {listen: '0.0.0.0:80'}\n", "", "loopback only");
}

#[test]
fn a_variable_that_is_not_set_is_an_error() {
    check_refused(
        "app: {title: '${PERILUNE_NOT_SET}'}",
        "0.yaml",
        "PERILUNE_NOT_SET",
    );
    assert_eq!(read(&["app: {title: 'a$${b}'}"]).unwrap().title, "a${b}");
}

#[test]
fn passwords_are_not_shown() {
    let config = read(&["backend: {database: {client: pg, connection: {password: swordfish}}}"]);
    let config = config.unwrap();
    assert!(config.database.as_str().contains("swordfish"));
    assert!(!format!("{config:?}").contains("swordfish"));
}

#[test]
fn programs_are_known_by_static_tokens() {
    let config = read(&["backend:
  auth:
    externalAccess:
    - type: static
      options: {token: abcdefgh, subject: ci}
    - type: static
      options: {token: ijklmnop, subject: reader}
      accessRestrictions:
      - plugin: catalog
        permission: catalog.entity.read, catalog.location.read
        permissionAttribute: {action: [read]}
    - type: jwks
      options: {url: https://x}
"])
    .unwrap();
    let [ci, reader] = config.external_access.as_slice() else {
        panic!("{:?}", config.external_access);
    };
    assert_eq!(
        (ci.program.subject.as_str(), &ci.program.grants),
        ("ci", &None)
    );
    let grants = reader.program.grants.as_deref().unwrap();
    assert_eq!(grants[0].plugin, "catalog");
    assert_eq!(
        grants[0].permissions,
        ["catalog.entity.read", "catalog.location.read"]
    );
    assert_eq!(grants[0].actions, ["read"]);
    assert_eq!(
        config.unknown_keys,
        ["backend.auth.externalAccess of type jwks"]
    );
    assert!(
        !format!("{config:?}").contains("abcdefgh"),
        "tokens stay hidden"
    );
}

#[test]
fn a_token_that_anybody_could_guess_is_refused() {
    let access = |entry: &str| format!("backend:\n  auth:\n    externalAccess:\n    - {entry}\n");
    for entry in [
        "{type: static, options: {token: short, subject: ci}}",
        "{type: static, options: {token: 'with a space', subject: ci}}",
        "{type: static, options: {token: abcdefgh}}",
        "{type: static, options: {token: abcdefgh, subject: ci}, accessRestrictions: [{}]}",
    ] {
        check_refused(&access(entry), "0.yaml:4:", "backend.auth.externalAccess");
    }
}

#[test]
fn admins_are_references() {
    let config = read(&["permission: {admins: [group:default/platform, User:ann]}"]).unwrap();
    let admins: Vec<&str> = config.admins.iter().map(EntityRef::as_str).collect();
    assert_eq!(admins, ["group:default/platform", "user:default/ann"]);
    check_refused(
        "permission:\n  admins: [platform]\n",
        "0.yaml:2:",
        "permission.admins",
    );
}

#[test]
fn a_path_is_taken_from_the_file_that_it_stands_in() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    };
    let first = write(
        "one/a.yaml",
        "catalog: {locations: [{type: file, target: ./all.yaml}]}\n",
    );
    let second = write("two/b.yaml", "app: {title: Two}\n");
    let config = Config::read(&[first, second], None, None).unwrap();
    let target = config.catalog.locations[0].path().unwrap();
    assert_eq!(target, folder.path().join("one/all.yaml"));
    assert!(
        config.database.as_str().contains("/one/"),
        "{}",
        config.database.as_str()
    );
}
