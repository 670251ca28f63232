//! What may be read: `backend.reading.allow`, and what the configuration names otherwise.

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::ReadError;

/// The places that may be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed(Vec<Entry>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// `example.com`, `example.com:8443`, or `*.example.com` for every host below.
    host: String,
    /// Beginnings of paths; none means all paths.
    paths: Vec<String>,
}

/// How much of the network a host may stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Named exactly: it may be inside a network of one's own.
    Anywhere,
    /// Only the internet at large.
    Public,
}

impl Allowed {
    /// Allows a host, or every host below one (`*.example.com`); of it, paths that begin so.
    /// No paths means all of them.
    pub fn add(&mut self, host: &str, paths: &[&str]) {
        let entry = Entry {
            host: host.to_ascii_lowercase(),
            paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        };
        if !self.0.contains(&entry) {
            self.0.push(entry);
        }
    }

    /// Whether an address may be read, and where its host may stand.
    pub(crate) fn check(&self, address: &Url) -> Result<Reach, ReadError> {
        if !matches!(address.scheme(), "http" | "https") || !is_straight(address) {
            return Err(ReadError::Address);
        }
        let host = host_of(address).ok_or(ReadError::Address)?;
        if !address.username().is_empty() || address.password().is_some() {
            return Err(ReadError::Address);
        }
        let fitting = || self.0.iter().filter(|entry| entry.has(&host, address));
        if fitting().any(|entry| !entry.host.starts_with('*')) {
            return Ok(Reach::Anywhere);
        }
        if fitting().next().is_some() {
            return Ok(Reach::Public);
        }
        Err(ReadError::NotAllowed(place_of(address, &host)))
    }

    /// Whether some entry names this host exactly.
    pub(crate) fn names(&self, host: &str) -> bool {
        let name_of = |entry: &str| entry.split(':').next().unwrap_or_default().to_owned();
        self.0.iter().any(|entry| name_of(&entry.host) == host)
    }

    /// The hosts and paths, for people.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        let words = |entry: &Entry| match entry.paths.as_slice() {
            [] => vec![entry.host.clone()],
            paths => paths
                .iter()
                .map(|path| format!("{}{path}", entry.host))
                .collect(),
        };
        self.0.iter().flat_map(words).collect()
    }
}

impl Entry {
    fn has(&self, host: &str, address: &Url) -> bool {
        let is_host = match self.host.strip_prefix('*') {
            Some(suffix) => host
                .strip_suffix(suffix)
                .is_some_and(|name| !name.is_empty()),
            None => self.host == host || Some(&*self.host) == host.strip_suffix(":443"),
        };
        let path = address.path();
        // Paths of GitHub's owners and repositories have no case.
        let begins = |with: &String| {
            path.get(..with.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(with))
        };
        is_host && (self.paths.is_empty() || self.paths.iter().any(begins))
    }
}

/// Host and port, if it is not the scheme's own.
fn host_of(address: &Url) -> Option<String> {
    let host = match address.host()? {
        Host::Domain(name) => name.trim_end_matches('.').to_ascii_lowercase(),
        other => other.to_string(),
    };
    Some(match address.port() {
        Some(port) => format!("{host}:{port}"),
        None => host,
    })
}

/// The first two parts of the path are what an allow-list mostly speaks of.
fn place_of(address: &Url, host: &str) -> String {
    let parts: Vec<&str> = address
        .path_segments()
        .into_iter()
        .flatten()
        .take(2)
        .collect();
    format!("{host}/{}", parts.join("/"))
        .trim_end_matches('/')
        .to_owned()
}

/// Without `..` in any disguise: prefixes of paths would mean nothing otherwise.
fn is_straight(address: &Url) -> bool {
    let mut path = address.path().to_owned();
    // A server may decode more than once.
    for _ in 0..3 {
        let is_winding = path.split(['/', '\\']).any(|part| part == "..");
        if is_winding {
            return false;
        }
        match percent_decode_str(&path).decode_utf8() {
            Ok(decoded) => path = decoded.into_owned(),
            Err(_) => return false,
        }
    }
    !path.split(['/', '\\']).any(|part| part == "..") && !path.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed() -> Allowed {
        let mut allowed = Allowed::default();
        allowed.add("github.com", &["/acme/", "/other/repo/"]);
        allowed.add("*.example.com", &[]);
        allowed.add("files.local:8080", &[]);
        allowed
    }

    #[track_caller]
    fn check(address: &str, expected: Result<Reach, &str>) {
        let found = allowed().check(&Url::parse(address).unwrap());
        let found = found.map_err(|error| error.to_string());
        match expected {
            Ok(reach) => assert_eq!(found, Ok(reach), "{address}"),
            Err(part) => assert!(
                found.as_ref().is_err_and(|text| text.contains(part)),
                "{address}: {found:?}"
            ),
        }
    }

    #[test]
    fn only_what_is_named_may_be_read() {
        check(
            "https://github.com/acme/svc/blob/main/a.yaml",
            Ok(Reach::Anywhere),
        );
        check("https://github.com/Acme/svc", Ok(Reach::Anywhere));
        check("https://github.com/other/repo/x", Ok(Reach::Anywhere));
        check("https://a.example.com/x", Ok(Reach::Public));
        check("http://files.local:8080/x", Ok(Reach::Anywhere));
        check(
            "https://github.com/acmecorp/svc",
            Err("github.com/acmecorp/svc is not among"),
        );
        check("https://example.com/x", Err("not among"));
        check("https://evilexample.com/x", Err("not among"));
        check("http://files.local/x", Err("not among"));
        check("https://github.com.evil.io/acme/", Err("not among"));
    }

    #[test]
    fn ways_around_a_path_are_no_addresses() {
        check("https://github.com/acme/%2e%2e/secret/x", Err("not among"));
        for address in [
            "https://github.com/acme/..%2fsecret/x",
            "https://github.com/acme/%252e%252e/secret",
            "https://github.com/acme/a%5c..%5cb",
            "https://me:pw@github.com/acme/x",
            "ftp://github.com/acme/x",
            "file:///etc/passwd",
        ] {
            check(address, Err("not an address"));
        }
    }
}
