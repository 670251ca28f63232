//! `perilune check --against`: files beside a portal that runs.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::server::{Server, prepare};

fn check(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_perilune"))
        .arg("check")
        .args(arguments)
        .current_dir(folder)
        .env_remove("PERILUNE_TOKEN")
        .env("NO_PROXY", "*")
        .output()
        .unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The portal's catalog in a checkout of another name, changed.
fn checkout(portal: &Path) -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("catalog")).unwrap();
    let all = std::fs::read_to_string(portal.join("catalog/all.yaml")).unwrap();
    let (kept, _) = all
        .split_once(
            "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: thing-60}",
        )
        .unwrap();
    let changed = kept.replacen("owner: user:ann", "owner: user:nobody", 1);
    std::fs::write(folder.path().join("catalog/all.yaml"), changed).unwrap();
    folder
}

#[test]
fn a_pull_request_is_told_what_it_would_do() {
    let there = TempDir::new().unwrap();
    prepare(there.path());
    let server = Server::ready(there.path());
    let here = checkout(there.path());
    let address = format!("http://{}/", server.address());

    let same = check(there.path(), &["catalog/all.yaml", "--against", &address]);
    assert_eq!(
        (code(&same), text(&same.stdout)),
        (0, ""),
        "{}",
        text(&same.stderr)
    );

    let told = check(here.path(), &["catalog", "--against", &address]);
    let expected = "~ component:default/thing-1  catalog/all.yaml:6\n    spec.owner: user:ann > user:nobody\n\
                    - component:default/thing-60  catalog/all.yaml\n\
                    catalog/all.yaml:9:53: error: the owner user:default/nobody does not exist\n    \
                    expected a group or user that exists\n";
    assert_eq!((code(&told), text(&told.stdout)), (1, expected));

    let told = check(
        here.path(),
        &["catalog", "--against", &address, "--format", "json"],
    );
    let json: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(json["entities"], 60);
    assert_eq!(
        json["removed"][0]["entityRef"],
        "component:default/thing-60"
    );
    assert_eq!(json["changed"][0]["fields"][0]["path"], "spec.owner");
    assert_eq!(json["problems"][0]["code"], "owner");

    let told = check(
        here.path(),
        &["catalog", "--against", &address, "--format", "github"],
    );
    let first = "::error file=catalog/all.yaml,line=9,col=53,title=owner::the owner \
                 user:default/nobody does not exist%0Aexpected a group or user that exists";
    assert_eq!(text(&told.stdout).lines().next(), Some(first));

    let away = [
        "catalog",
        "--as",
        "file:/somewhere/else",
        "--against",
        &address,
    ];
    assert!(!text(&check(here.path(), &away).stdout).contains("- component"));

    std::fs::write(here.path().join("token"), "unknown\n").unwrap();
    let refused = check(
        here.path(),
        &["catalog", "--against", &address, "--token-file", "token"],
    );
    assert_eq!(code(&refused), 2);
    assert!(
        text(&refused.stderr).contains("does not know the token"),
        "{}",
        text(&refused.stderr)
    );
}

/// What is said of a portal that answers so.
fn against_answer(answer: &'static str) -> (i32, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let portal = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut byte = [0];
        while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() > 0 {
            request.extend(byte);
        }
        stream.write_all(answer.as_bytes()).unwrap();
    });
    let folder = TempDir::new().unwrap();
    let output = check(folder.path(), &[".", "--against", &address]);
    portal.join().unwrap();
    let said = text(&output.stderr).replace(&address, "PORTAL");
    (code(&output), said.trim_end().to_owned())
}

#[test]
fn a_portal_that_does_not_answer_as_one_is_told_apart() {
    const JSON: &str = "Content-Type: application/json\r\nConnection: close\r\n";
    let check = |answer: String, expected: &str| {
        let (code, said) = against_answer(answer.leak());
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(expected), "{said}");
    };
    let head =
        |status: &str, more: &str| format!("HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\n\r\n");
    check(
        head("401 Unauthorized", ""),
        "wants to know who asks: put a token into PERILUNE_TOKEN",
    );
    check(head("403 Forbidden", ""), "does not allow this token");
    check(
        head("302 Found", "Location: https://sso.example.com/\r\n"),
        "leads on to https://sso.example.com/",
    );
    check(
        head("404 Not Found", ""),
        "has no catalog: it answered 404 Not Found",
    );
    check(
        head("503 Service Unavailable", ""),
        "answered 503 Service Unavailable",
    );
    check(
        head("200 OK", "Content-Type: text/html\r\n"),
        "is text/html; is it the address of a portal?",
    );
    check(
        format!("HTTP/1.1 200 OK\r\n{JSON}\r\n{{\"a\":1}}"),
        "is not a list of entities: invalid type: map",
    );
    check(
        format!("HTTP/1.1 200 OK\r\n{JSON}\r\n[{{}}]"),
        "entity 1 of its list has no kind and name",
    );
    check(
        format!("HTTP/1.1 200 OK\r\n{JSON}Content-Length: 9\r\n\r\n["),
        "broke off",
    );
    check("SSH-2.0-OpenSSH\r\n".to_owned(), "cannot be reached");
}

#[test]
fn what_cannot_be_asked_is_told() {
    let folder = TempDir::new().unwrap();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let free = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    for (address, expected) in [
        (free.as_str(), "cannot be reached: "),
        (
            "portal",
            "portal is no address of a portal: relative URL without a base",
        ),
        ("ftp://portal", "its scheme is not http or https"),
        ("http://no-such-host.invalid", "cannot be reached: "),
    ] {
        let output = check(folder.path(), &[".", "--against", address]);
        let said = text(&output.stderr);
        assert!(code(&output) == 2 && said.contains(expected), "{said}");
    }
    let secret = check(
        folder.path(),
        &[".", "--against", "https://me:secret@portal"],
    );
    let said = text(&secret.stderr);
    assert!(
        said.contains("a password in it") && !said.contains("secret"),
        "{said}"
    );
    let missing = check(
        folder.path(),
        &[".", "--against", &free, "--token-file", "none"],
    );
    assert!(text(&missing.stderr).starts_with("the token cannot be read from none"));
}
