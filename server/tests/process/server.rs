//! A server process of a test's own, and the little HTTP that is spoken with it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

const CONFIG: &str = "
auth: {providers: {guest: {}}}
backend:
  listen: 127.0.0.1:0
  database: {client: sqlite, connection: {filename: portal.db}}
  auth: {dangerouslyDisableDefaultAuthPolicy: true}
catalog:
  rules: [{allow: [Component, User]}]
  locations: [{type: file, target: ./catalog/all.yaml}]
";

/// How many components there are: `thing-1` and so on.
pub(crate) const THINGS: u32 = 60;

pub(crate) struct Server {
    process: Child,
    address: String,
}

/// A status and everything after it.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
}

/// Writes a configuration and a small catalog.
pub(crate) fn prepare(folder: &Path) {
    let user = "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: ann}\nspec: {memberOf: []}\n";
    let thing = |number| {
        format!(
            "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: thing-{number}}}\n\
             spec: {{type: service, lifecycle: production, owner: user:ann}}\n"
        )
    };
    let things: String = (1..=THINGS).map(thing).collect();
    std::fs::write(folder.join("app-config.yaml"), CONFIG).unwrap();
    std::fs::create_dir(folder.join("catalog")).unwrap();
    std::fs::write(folder.join("catalog/all.yaml"), format!("{user}{things}")).unwrap();
}

impl Server {
    /// Starts it, and returns when it listens.
    pub(crate) fn start(folder: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_perilune"))
            .args(["serve", "--config"])
            .arg(folder.join("app-config.yaml"))
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let (_, address) = line.trim().split_once("http://").expect("it listens");
        Self {
            address: address.to_owned(),
            process,
        }
    }

    /// Starts it, and returns when the catalog is there.
    pub(crate) fn ready(folder: &Path) -> Self {
        let server = Self::start(folder);
        let mut events = server.follow("");
        while server.get("/readyz", "").unwrap().status != 200 {
            read_until(&mut events, "event: catalog");
        }
        server
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// An open page's event stream, after its first event.
    pub(crate) fn follow(&self, cookies: &str) -> BufReader<TcpStream> {
        let mut stream = self.connect().unwrap();
        let request = format!("GET /events HTTP/1.1\r\nHost: x\r\nCookie: {cookies}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut lines = BufReader::new(stream);
        read_until(&mut lines, "event: hello");
        lines
    }

    /// A connection that waits for its first word.
    pub(crate) fn connect(&self) -> std::io::Result<TcpStream> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(stream)
    }

    pub(crate) fn get(&self, path: &str, cookies: &str) -> std::io::Result<Answer> {
        self.ask(&format!("GET {path} HTTP/1.0\r\nCookie: {cookies}\r\n\r\n"))
    }

    pub(crate) fn post(&self, path: &str, cookies: &str, form: &str) -> std::io::Result<Answer> {
        let length = form.len();
        self.ask(&format!(
            "POST {path} HTTP/1.0\r\nCookie: {cookies}\r\nContent-Length: {length}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}"
        ))
    }

    /// HTTP/1.0, so that the end of the answer is the end of the connection.
    fn ask(&self, request: &str) -> std::io::Result<Answer> {
        let mut stream = self.connect()?;
        stream.write_all(request.as_bytes())?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        let status = text.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.ok_or(std::io::ErrorKind::UnexpectedEof)?;
        Ok(Answer { status, text })
    }

    /// The cookie of a new session.
    pub(crate) fn sign_in(&self) -> String {
        let form = "user=user:default/ann";
        let answer = self.post("/api/identity/sign-in-as-guest", "", form);
        let text = answer.unwrap().text;
        let (_, cookie) = text.split_once("set-cookie: ").expect("a cookie");
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Asks it to stop, as an operator does.
    pub(crate) fn terminate(&self) {
        self.signal("TERM");
    }

    fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.process.id());
        let sent = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(sent.success());
    }

    /// As a power cut does: nothing is finished.
    pub(crate) fn kill_now(&self) {
        self.signal("KILL");
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.process.wait().unwrap()
    }
}

fn read_until(lines: &mut BufReader<TcpStream>, wanted: &str) {
    let mut line = String::new();
    while line.trim_end() != wanted {
        line.clear();
        assert_ne!(lines.read_line(&mut line).unwrap(), 0, "{wanted} comes");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended long ago; then there is nothing to do.
        let _killed = self.process.kill();
        let _ended = self.process.wait();
    }
}
