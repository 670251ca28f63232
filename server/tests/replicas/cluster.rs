//! A PostgreSQL server of the test's own, which can go away and come back.

use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const VARIABLE: &str = "PERILUNE_TEST_POSTGRES";

pub(crate) struct Cluster {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    url: String,
}

impl Cluster {
    /// `None` where PostgreSQL is not installed and the tests were not told of any.
    pub(crate) fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(std::env::var_os(VARIABLE).is_none(), "PostgreSQL is there");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let port = free_port();
        let cluster = Self {
            programs,
            port,
            url: format!("postgres://perilune@127.0.0.1:{port}/postgres"),
            folder,
        };
        run(cluster
            .program("initdb")
            .args(["-U", "perilune", "--auth=trust", "--encoding=UTF8"])
            .args(["--locale=C.UTF-8", "--no-sync"]));
        cluster.start_again();
        Some(cluster)
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// As a crash does: no connection is told.
    pub(crate) fn stop(&self) {
        run(self
            .program("pg_ctl")
            .args(["-m", "immediate", "-w", "stop"]));
    }

    pub(crate) fn start_again(&self) {
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories={} \
             -c max_connections=100 -c fsync=off",
            self.port,
            self.folder.path().display()
        );
        let log = self.folder.path().join("server.log");
        run(self
            .program("pg_ctl")
            .args(["-w", "-o", &options, "-l"])
            .arg(log)
            .arg("start"));
    }

    /// One of PostgreSQL's programs, as somebody whom it accepts.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command
            .arg("-D")
            .arg(self.folder.path().join("data"))
            .current_dir(self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.args(["-m", "immediate", "stop"]);
        // It may be stopped already.
        let _stopped = stop.stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Where Debian keeps the newest one, or what the path finds.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let installed = versions
        .flatten()
        .filter_map(|version| {
            let number: u32 = version.file_name().to_str()?.parse().ok()?;
            Some((number, version.path().join("bin")))
        })
        .max();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = || std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file());
    installed.map(|(_, folder)| folder).or_else(found)
}
