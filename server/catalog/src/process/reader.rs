//! Reads catalog files, and remembers what they said as long as neither they nor the files they
//! name have changed.

use std::{
    collections::{BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use model::catalog::{JsonPath, KindSet};

use super::{Owners, file::CatalogFile, problem::Place, targets::resolve};
use crate::{
    source::{SourceError, Stamp, Tree},
    yaml::{Limits, Position, Positions, decode, split_documents},
};

/// The most that the placeholders of one file may bring, in bytes.
const PLACEHOLDER_BYTES: usize = 4 * Limits::FILE_BYTES;

/// Reads files below the configured locations, and caches them from pass to pass.
#[derive(Debug, Default)]
pub struct Reader {
    kinds: KindSet,
    cache: HashMap<Key, Cached>,
    pass: u64,
}

/// A file as one configured location leads to it: origin and path.
type Key = (Arc<str>, PathBuf);

#[derive(Debug)]
struct Cached {
    file: Arc<CatalogFile>,
    /// The file's own stamp, then those of the files it names; `None` for one that is missing.
    stamps: Vec<(PathBuf, Option<Stamp>)>,
    read_at: SystemTime,
    pass: u64,
}

impl Reader {
    /// A reader that accepts these kinds besides the known ones.
    #[must_use]
    pub fn new(kinds: KindSet) -> Self {
        Self {
            kinds,
            ..Self::default()
        }
    }

    pub(super) fn begin_pass(&mut self) {
        self.pass = self.pass.wrapping_add(1);
    }

    /// Forgets the files that this pass did not ask for.
    pub(super) fn end_pass(&mut self) {
        let pass = self.pass;
        self.cache.retain(|_, cached| cached.pass == pass);
    }

    /// What the file says. `place` names it and its origin; a body that an owner has already
    /// is shared with it.
    pub(super) fn file(
        &mut self,
        tree: &Tree,
        path: &Path,
        place: Place<'_>,
        owners: &Owners,
    ) -> Arc<CatalogFile> {
        let key = (Arc::from(place.origin), path.to_owned());
        if let Some(cached) = self.cache.get_mut(&key)
            && cached.is_current(tree)
        {
            cached.pass = self.pass;
            return Arc::clone(&cached.file);
        }
        let read_at = SystemTime::now();
        let (mut file, stamps) = self.read(tree, path, place);
        file.share_bodies(owners);
        let cached = Cached {
            file: Arc::new(file),
            stamps,
            read_at,
            pass: self.pass,
        };
        let file = Arc::clone(&cached.file);
        self.cache.insert(key, cached);
        file
    }

    fn read(
        &self,
        tree: &Tree,
        path: &Path,
        place: Place<'_>,
    ) -> (CatalogFile, Vec<(PathBuf, Option<Stamp>)>) {
        let (bytes, stamp) = match tree.read(path, Limits::FILE_BYTES) {
            Ok(read) => read,
            Err(error) => {
                let stamps = vec![(path.to_owned(), tree.stamp(path).ok())];
                return (CatalogFile::unreadable(&error, place), stamps);
            }
        };
        let mut named = Named {
            tree,
            file: path,
            stamps: vec![(path.to_owned(), Some(stamp))],
            reads: BTreeSet::new(),
            left: PLACEHOLDER_BYTES,
        };
        let mut file = CatalogFile::read(&bytes, place, &self.kinds, &mut |target| {
            named.fetch(target)
        });
        file.reads = named.reads.into_iter().collect();
        (file, named.stamps)
    }
}

impl Cached {
    fn is_current(&self, tree: &Tree) -> bool {
        self.stamps.iter().all(|(path, stamp)| {
            let proven = stamp.is_none_or(|stamp| stamp.proves_content_of(self.read_at));
            proven && tree.stamp(path).ok() == *stamp
        })
    }
}

/// The files that a file's placeholders name.
struct Named<'n> {
    tree: &'n Tree,
    file: &'n Path,
    stamps: Vec<(PathBuf, Option<Stamp>)>,
    reads: BTreeSet<PathBuf>,
    left: usize,
}

impl Named<'_> {
    fn fetch(&mut self, target: &str) -> Result<Vec<u8>, (String, String)> {
        if target.contains("://") {
            let what = format!("{target} is an address, which is not read from a file");
            return Err((what, "a path inside the location's directory".to_owned()));
        }
        let path = resolve(target, self.file);
        let limit = self.left.min(Limits::FILE_BYTES);
        let read = self.tree.read(&path, limit);
        let stamp = match &read {
            Ok((_, stamp)) => Some(*stamp),
            Err(_) => self.tree.stamp(&path).ok(),
        };
        self.stamps.push((path.clone(), stamp));
        self.reads.insert(path);
        let (bytes, _) = read.map_err(|error| in_words(target, &error))?;
        self.left = self.left.saturating_sub(bytes.len());
        Ok(bytes)
    }
}

fn in_words(target: &str, error: &SourceError) -> (String, String) {
    (
        format!("{target} cannot be read: {error}"),
        error.expected(),
    )
}

/// Where a part of the document that begins at `line` stands now; the line itself when the file
/// has changed since.
pub(super) fn locate(tree: &Tree, path: &Path, line: u32, part: &JsonPath) -> Position {
    let start = Position { line, column: 1 };
    let find = || {
        let (bytes, _) = tree.read(path, Limits::FILE_BYTES).ok()?;
        let text = decode(&bytes).ok()?;
        let documents = split_documents(text);
        let document = documents
            .iter()
            .find(|document| document.content_line() == line)?;
        let segments: Vec<String> = part.segments().collect();
        Positions::of(*document).value_at(segments.iter().map(String::as_str))
    };
    find().unwrap_or(start)
}
