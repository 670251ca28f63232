//! How the process ends when it is told to.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::server::{Server, prepare};

/// Far below the three seconds that open requests are given.
const AT_ONCE: Duration = Duration::from_millis(1500);

const LAST_CHUNK: &str = "0";

/// Everything up to the last chunk, or to the end of the connection.
fn rest_of(stream: BufReader<TcpStream>) -> Vec<String> {
    stream
        .lines()
        .map_while(Result::ok)
        .take_while(|line| line != LAST_CHUNK)
        .collect()
}

#[test]
fn sigterm_with_open_browsers_ends_the_process_at_once_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let mut server = Server::ready(folder.path());
    let session = server.sign_in();
    let pages: Vec<_> = (0..20).map(|_| server.follow(&session)).collect();
    let _idle = server.connect().unwrap();

    let told = Instant::now();
    server.terminate();
    for mut page in pages {
        let mut rest = String::new();
        page.read_to_string(&mut rest).unwrap();
        assert!(rest.ends_with("0\r\n\r\n"), "ended, not cut: {rest:?}");
    }
    let status = server.wait();
    let took = told.elapsed();
    assert_eq!(status.code(), Some(0));
    assert!(took < AT_ONCE, "it took {took:?}");
}

#[test]
fn signing_out_ends_the_streams_of_that_session_alone() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let server = Server::ready(folder.path());
    let (mine, other) = (server.sign_in(), server.sign_in());
    let page = server.follow(&mine);
    let stays = server.follow(&other);
    assert_eq!(
        server
            .post("/api/identity/sign-out", &mine, "")
            .unwrap()
            .status,
        200
    );
    let rest = rest_of(page);
    assert!(rest.iter().any(|line| line == "event: bye"), "{rest:?}");

    let star = "entity_ref=component:default/thing-1&on=true";
    assert_eq!(
        server
            .post("/api/identity/star", &other, star)
            .unwrap()
            .status,
        200
    );
    let next = stays
        .lines()
        .map_while(Result::ok)
        .find(|line| line.starts_with("event: "));
    assert_eq!(next.as_deref(), Some("event: star"));
}
