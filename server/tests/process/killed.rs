//! What the portal acknowledged over HTTP survives the death of its process at any moment. Whether
//! the store's transactions are whole is the matter of `server/identity/tests/killed`.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::server::{Server, THINGS, prepare};

/// The latest death after the first acknowledged write of a life.
const LONGEST_LIFE: Duration = Duration::from_millis(300);
const DEATHS: u32 = 4;
/// How long the first acknowledged write may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Stars things for ever, each in its turn, and says which one was acknowledged.
fn star(server: &Server, session: &str, first: u32, acknowledged: &std::sync::mpsc::Sender<u32>) {
    for number in first..=THINGS {
        let form = format!("entity_ref=component:default/thing-{number}&on=true");
        match server.post("/api/identity/star", session, &form) {
            Ok(answer) if answer.status == 200 => acknowledged.send(number).unwrap(),
            Ok(answer) => panic!("{}", answer.text),
            // It died; what was being asked may be there or not.
            Err(_) => return,
        }
    }
}

/// Waits for the moment of death; the last star that was acknowledged by then.
fn live(acknowledged: &Receiver<u32>) -> u32 {
    let mut last = acknowledged.recv_timeout(PATIENCE).expect("it writes");
    let death = Instant::now() + LONGEST_LIFE.mul_f64(rand::random());
    let left = || death.saturating_duration_since(Instant::now());
    while let Ok(number) = acknowledged.recv_timeout(left()) {
        last = number;
    }
    last
}

/// Every star up to a number is there, and the session that sees it.
fn check_stars(server: &Server, session: &str, up_to: u32) {
    let stars = server.get("/api/identity/starred", session).unwrap();
    assert_eq!(stars.status, 200, "the session lives on");
    for number in 1..=up_to {
        let entity_ref = format!("\"component:default/thing-{number}\"");
        assert!(stars.text.contains(&entity_ref), "{number} of {up_to}");
    }
}

/// One life: everything of the lives before is there, and then some more.
fn live_and_die(folder: &Path, session: &str, before: u32) -> u32 {
    let mut server = Server::start(folder);
    assert_eq!(server.get("/readyz", "").unwrap().status, 200);
    check_stars(&server, session, before);
    let (sender, acknowledged) = channel();
    let last = thread::scope(|scope| {
        let writer = scope.spawn(|| star(&server, session, before + 1, &sender));
        let last = live(&acknowledged);
        server.kill_now();
        writer.join().unwrap();
        // What was acknowledged between the decision and the death.
        acknowledged.try_iter().last().unwrap_or(last)
    });
    server.wait();
    last
}

#[test]
fn what_was_acknowledged_survives_a_kill_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let mut server = Server::ready(folder.path());
    let session = server.sign_in();
    let dark = "theme=dark&time_zone=utc&shortcuts=true";
    let saved = server.post("/api/identity/settings", &session, dark);
    assert_eq!(saved.unwrap().status, 200);
    server.kill_now();
    server.wait();

    let mut stars = 0;
    for _death in 0..DEATHS {
        stars = live_and_die(folder.path(), &session, stars).min(THINGS - 1);
    }
    assert!(stars > 0);
    let server = Server::start(folder.path());
    let page = server.get("/settings", &session).unwrap();
    assert!(page.text.contains("data-theme=\"dark\""), "settings too");
}

#[test]
fn after_a_kill_the_catalog_is_served_before_any_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let mut server = Server::ready(folder.path());
    server.kill_now();
    server.wait();
    // No file that could be read.
    std::fs::rename(folder.path().join("catalog"), folder.path().join("away")).unwrap();

    let server = Server::start(folder.path());
    assert_eq!(server.get("/readyz", "").unwrap().status, 200);
    let thing = "/catalog/default/component/thing-1";
    assert_eq!(server.get(thing, "").unwrap().status, 200);
}
