//! A replica's process, and the little HTTP that is spoken with it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::files::{Entities, ref_of};

/// How long an answer may take: a stopped process answers when it goes on.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) struct Replica {
    process: Child,
    address: String,
    log: PathBuf,
}

/// A status and the body.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Replica {
    /// Starts it, and returns when it listens.
    pub(crate) fn start(folder: &Path, number: usize, database: &str) -> Self {
        let log = folder.join(format!("replica-{number}.log"));
        let file = std::fs::File::options()
            .create(true)
            .append(true)
            .open(&log);
        let mut process = Command::new(env!("CARGO_BIN_EXE_perilune"))
            .args(["serve", "--database", database, "--config"])
            .arg(folder.join("app-config.yaml"))
            .env_remove("RUST_LOG")
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(file.unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let (_, address) = line.trim().split_once("http://").expect("it listens");
        Self {
            address: address.to_owned(),
            process,
            log,
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// As a power cut does.
    pub(crate) fn kill(&mut self) {
        self.signal("KILL");
        self.process.wait().unwrap();
    }

    /// As a machine that is suspended, or a disk that does not answer.
    pub(crate) fn stop(&self) {
        self.signal("STOP");
    }

    pub(crate) fn go_on(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.id());
        let sent = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(sent.success());
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    pub(crate) fn log_lines(&self, with: &str) -> usize {
        self.log()
            .lines()
            .filter(|line| line.contains(with))
            .count()
    }

    /// Lines of the log that somebody on call would read.
    pub(crate) fn errors(&self) -> usize {
        self.log_lines("ERROR") + self.log_lines("WARN")
    }

    pub(crate) fn get(&self, path: &str) -> std::io::Result<Answer> {
        get(&self.address, path)
    }

    /// Every component that it serves, by ref.
    pub(crate) fn entities(&self) -> Entities {
        let answer = self.get("/api/catalog/entities?filter=kind=component");
        let answer = answer.unwrap();
        assert_eq!(answer.status, 200);
        let entities: Vec<Value> = serde_json::from_str(&answer.body).unwrap();
        entities
            .into_iter()
            .map(|entity| (ref_of(&entity), entity))
            .collect()
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        // It may have ended long ago; then there is nothing to do. A stopped process dies, too.
        let _killed = self.process.kill();
        let _ended = self.process.wait();
    }
}

/// HTTP/1.0, so that the end of the answer is the end of the connection.
pub(crate) fn get(address: &str, path: &str) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("GET {path} HTTP/1.0\r\n\r\n").as_bytes())?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let cut = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let status = text.split(' ').nth(1).and_then(|word| word.parse().ok());
    let (_, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
    Ok(Answer {
        status: status.ok_or_else(cut)?,
        body: body.to_owned(),
    })
}
