//! How large a document may be before it is refused.

/// Bounds on one YAML document; a breach is a [`Flaw`](super::Flaw), never a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of source text, and of the text that aliases expand to.
    pub bytes: usize,
    /// Levels of nested mappings and lists.
    pub depth: usize,
    /// Scalars, mappings and lists, those that aliases expand to included.
    pub nodes: usize,
    /// Aliases (`*name`).
    pub aliases: usize,
}

impl Limits {
    /// The largest file that is read at all, in bytes.
    pub const FILE_BYTES: usize = 16 * 1024 * 1024;

    /// For a document that describes an entity, and for configuration.
    pub const DOCUMENT: Self = Self {
        bytes: 1024 * 1024,
        depth: 64,
        nodes: 20_000,
        aliases: 100,
    };

    /// For the target of a `$yaml` or `$json` placeholder: a real OpenAPI file is large.
    pub const PLACEHOLDER: Self = Self {
        bytes: Self::FILE_BYTES,
        depth: 64,
        nodes: 500_000,
        aliases: 100,
    };
}
