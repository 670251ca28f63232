//! Reading a mapping of configuration key by key, as everywhere in the portal.

pub(super) use integrations::section::{Findings, Section, in_words};
