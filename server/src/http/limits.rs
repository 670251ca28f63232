//! How much of the portal one client, or all of them, may take.

use std::time::Duration;

/// Limits of the HTTP layer.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at a time, event streams included. Below the 1,024 files that a process may
    /// customarily have open, which leaves some for the database, the catalog and the site.
    pub connections: usize,
    /// Connections beyond those, at a time, that are told to come back later; more are closed.
    pub turned_away: usize,
    /// Requests that are being answered at a time; an open event stream has been.
    pub requests: usize,
    /// How long a client may take to send its headers, or to ask again.
    pub headers: Duration,
    /// How long a client may pause while it sends a body.
    pub pause: Duration,
    /// How long an answer may take to begin, the request's body included.
    pub answer: Duration,
    /// A request's body unless a route says more, in bytes. Bodies are not decompressed.
    pub body: usize,
}

impl Limits {
    /// What the portal is served with.
    pub const SERVED: Self = Self {
        connections: 800,
        turned_away: 64,
        requests: 256,
        headers: Duration::from_secs(10),
        pause: Duration::from_secs(10),
        answer: Duration::from_secs(30),
        body: 1024 * 1024,
    };
}
