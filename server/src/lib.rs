//! What the portal does.
