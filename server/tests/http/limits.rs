//! What slow, greedy or numerous clients get, over real connections.

use std::net::SocketAddr;
use std::time::Duration;

use server::http::{Limits, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::portal::{Kind, OPEN, TestPortal};

/// A client is slow when it takes this long.
const SLOW: Duration = Duration::from_millis(200);
/// How long the portal may take to notice, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

const POST: &str = "POST /api/identity/settings HTTP/1.1\r\nHost: x\r\n\
                    Content-Type: application/x-www-form-urlencoded\r\n";

async fn serving(limits: Limits) -> (TestPortal, SocketAddr) {
    let portal = TestPortal::start(Kind { limits, ..OPEN }).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (router, stop) = (portal.router.clone(), portal.stop.clone());
    tokio::spawn(serve(listener, router, limits, stop, Duration::ZERO));
    (portal, address)
}

async fn say(address: SocketAddr, words: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(words.as_bytes()).await.unwrap();
    stream
}

/// What the portal says until it hangs up.
async fn rest(mut stream: TcpStream) -> String {
    let mut text = String::new();
    let reading = stream.read_to_string(&mut text);
    let read = timeout(PATIENCE, reading).await.expect("it hangs up");
    // A connection may be reset instead of closed; what was said stands.
    let _reset = read;
    text
}

/// How the answer begins, on a connection that stays open; nothing when it was closed.
async fn status(stream: &mut TcpStream) -> String {
    let mut text = [0; 12];
    let reading = stream.read_exact(&mut text);
    match timeout(PATIENCE, reading).await.expect("it answers") {
        Ok(_) => String::from_utf8_lossy(&text).into_owned(),
        Err(_closed) => String::new(),
    }
}

#[tokio::test]
async fn a_client_that_does_not_send_its_headers_is_hung_up_on() {
    let limits = Limits {
        headers: SLOW,
        ..Limits::SERVED
    };
    let (_portal, address) = serving(limits).await;
    for words in ["", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        let answer = rest(say(address, words).await).await;
        assert!(!answer.contains("200"), "{words:?}: {answer}");
    }
    let idle = say(address, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(rest(idle).await.contains("200 OK"), "and then it hangs up");
}

#[tokio::test]
async fn a_body_that_stops_coming_is_given_up() {
    let limits = Limits {
        pause: SLOW,
        ..Limits::SERVED
    };
    let (_portal, address) = serving(limits).await;
    let half = format!("{POST}Content-Length: 100\r\nConnection: close\r\n\r\ntheme=");
    let answer = rest(say(address, &half).await).await;
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
}

#[tokio::test]
async fn a_body_that_drips_has_a_deadline_too() {
    let limits = Limits {
        answer: SLOW,
        ..Limits::SERVED
    };
    let (_portal, address) = serving(limits).await;
    let head = format!("{POST}Content-Length: 100000\r\nConnection: close\r\n\r\n");
    let (read, mut write) = say(address, &head).await.into_split();
    let dripping = async {
        while write.write_all(b"t").await.is_ok() {
            tokio::time::sleep(SLOW / 20).await;
        }
    };
    let reading = async {
        let mut text = [0; 12];
        let mut read = read;
        read.read_exact(&mut text).await.unwrap();
        String::from_utf8_lossy(&text).into_owned()
    };
    tokio::select! {
        answer = reading => assert_eq!(answer, "HTTP/1.1 503"),
        () = dripping => panic!("it hung up without a word"),
    }
}

#[tokio::test]
async fn too_large_a_body_is_refused_with_and_without_its_length() {
    let limits = Limits {
        body: 1000,
        ..Limits::SERVED
    };
    let (_portal, address) = serving(limits).await;
    let announced = format!("{POST}Content-Length: 1001\r\n\r\n");
    let mut stream = say(address, &announced).await;
    assert_eq!(status(&mut stream).await, "HTTP/1.1 413");

    let chunk = format!("3e8\r\n{}\r\n", "t".repeat(1000));
    let chunked = format!("{POST}Transfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n");
    let mut stream = say(address, &chunked).await;
    let answer = status(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
}

#[tokio::test]
async fn too_many_connections_are_told_so_and_later_they_are_welcome() {
    let limits = Limits {
        connections: 2,
        turned_away: 1,
        ..Limits::SERVED
    };
    let (_portal, address) = serving(limits).await;
    let follow = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n";
    let ask = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut open = [say(address, follow).await, say(address, follow).await];
    for stream in &mut open {
        assert_eq!(status(stream).await, "HTTP/1.1 200");
    }
    let told = rest(say(address, ask).await).await;
    assert!(told.starts_with("HTTP/1.1 503"), "{told}");
    assert!(told.contains("retry-after: "), "{told}");

    let being_told = TcpStream::connect(address).await.unwrap();
    let closed = rest(TcpStream::connect(address).await.unwrap()).await;
    assert_eq!(closed, "", "there is no place even to be told");

    drop((open, being_told));
    while status(&mut say(address, ask).await).await != "HTTP/1.1 200" {}
}
