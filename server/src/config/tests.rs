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
    let config = read(&["backend: {database: {client: pg, connection: {password: secret}}}"]);
    let config = config.unwrap();
    assert!(config.database.as_str().contains("secret"));
    assert!(!format!("{config:?}").contains("secret"));
}
