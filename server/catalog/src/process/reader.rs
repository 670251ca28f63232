//! Reads catalog files, and remembers what they said as long as neither they nor the files they
//! name have changed.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
    time::SystemTime,
};

use model::catalog::{KindSet, scm::RepositoryPath};
use url::Url;

use super::{
    Owners,
    address::Address,
    file::CatalogFile,
    ground::{Bytes, Ground, Version},
    problem::Place,
};
use crate::{
    source::SourceError,
    yaml::{Limits, on_deep_stacks},
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

/// A file as one configured location leads to it.
type Key = (Arc<str>, Address);

/// The file's own version, then those of the files it names; `None` for one that is missing.
type Versions = Vec<(Address, Option<Version>)>;

#[derive(Debug)]
struct Cached {
    file: Arc<CatalogFile>,
    versions: Versions,
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

    /// What the files of one origin say, in their order. Those that have changed are read on all
    /// cores; a body that an owner has already is shared with it.
    pub(super) fn files(
        &mut self,
        ground: &Ground,
        addresses: &[Address],
        origin: &Arc<str>,
        owners: &Owners,
    ) -> Vec<Arc<CatalogFile>> {
        let known: Vec<_> = addresses
            .iter()
            .map(|address| self.cached(ground, address, origin))
            .collect();
        let changed: Vec<&Address> = addresses
            .iter()
            .zip(&known)
            .filter_map(|(address, known)| known.is_none().then_some(address))
            .collect();
        let read = on_deep_stacks(&changed, |address| {
            self.fresh(ground, address, origin, owners)
        });
        let mut read = read.into_iter();
        let all = addresses.iter().zip(known).filter_map(|(address, known)| {
            known.or_else(|| Some(self.keep((Arc::clone(origin), address.clone()), read.next()?)))
        });
        all.collect()
    }

    /// What is known of a file, when neither it nor what it names has changed.
    fn cached(
        &mut self,
        ground: &Ground,
        address: &Address,
        origin: &Arc<str>,
    ) -> Option<Arc<CatalogFile>> {
        let cached = self.cache.get_mut(&(Arc::clone(origin), address.clone()))?;
        cached.is_current(ground).then(|| {
            cached.pass = self.pass;
            Arc::clone(&cached.file)
        })
    }

    fn fresh(
        &self,
        ground: &Ground,
        address: &Address,
        origin: &Arc<str>,
        owners: &Owners,
    ) -> Cached {
        let location = address.location();
        let place = Place {
            scm: match address {
                Address::Url(address) => ground.web.scm(address),
                Address::File(_) => None,
            },
            ..Place::new(&location, origin)
        };
        let read_at = SystemTime::now();
        let (mut file, versions) = self.read(ground, address, place);
        file.share_bodies(owners);
        Cached {
            file: Arc::new(file),
            versions,
            read_at,
            pass: self.pass,
        }
    }

    fn keep(&mut self, key: Key, cached: Cached) -> Arc<CatalogFile> {
        let file = Arc::clone(&cached.file);
        self.cache.insert(key, cached);
        file
    }

    fn read(
        &self,
        ground: &Ground,
        address: &Address,
        place: Place<'_>,
    ) -> (CatalogFile, Versions) {
        let found = match ground.read(address, Limits::FILE_BYTES) {
            Ok(found) => found,
            Err(error) => {
                let versions = vec![(address.clone(), ground.version(address).ok())];
                let file = match error {
                    SourceError::Pending => CatalogFile::pending(),
                    error => CatalogFile::unreadable(&error, place),
                };
                return (file, versions);
            }
        };
        let mut named = Named {
            ground,
            file: address,
            versions: vec![(address.clone(), Some(found.version))],
            reads: BTreeSet::new(),
            left: PLACEHOLDER_BYTES,
            is_pending: false,
        };
        let mut file = CatalogFile::read(&found.bytes, place, &self.kinds, &mut |target| {
            named.fetch(target)
        });
        if named.is_pending {
            file = CatalogFile::pending();
        }
        file.reads = named.reads.into_iter().collect();
        file.commit = found.commit;
        (file, named.versions)
    }
}

impl Cached {
    fn is_current(&self, ground: &Ground) -> bool {
        self.versions.iter().all(|(address, version)| {
            let proven = version.is_none_or(|version| version.proves_content_of(self.read_at));
            proven && ground.version(address).ok() == *version
        })
    }
}

/// The files that a file's placeholders name.
struct Named<'n> {
    ground: &'n Ground,
    file: &'n Address,
    versions: Versions,
    reads: BTreeSet<Address>,
    left: usize,
    is_pending: bool,
}

impl Named<'_> {
    fn fetch(&mut self, target: &str) -> Result<Bytes, (String, String)> {
        let address = self.resolve(target)?;
        let limit = self.left.min(Limits::FILE_BYTES);
        let read = self.ground.read(&address, limit);
        let version = match &read {
            Ok(found) => Some(found.version),
            Err(_) => self.ground.version(&address).ok(),
        };
        self.versions.push((address.clone(), version));
        self.reads.insert(address);
        self.is_pending |= matches!(read, Err(SourceError::Pending));
        let found = read.map_err(|error| in_words(target, &error))?;
        self.left = self.left.saturating_sub(found.bytes.len());
        Ok(found.bytes)
    }

    fn resolve(&self, target: &str) -> Result<Address, (String, String)> {
        if target.contains("://") && self.file.path().is_some() {
            let what = format!("{target} is an address, which is not read from a file");
            return Err((what, "a path inside the location's directory".to_owned()));
        }
        let address = self.file.resolve(target, &self.ground.web);
        let address = address.ok_or_else(|| {
            let what = format!("{target} is no address");
            (what, "a path beside the file, or an address".to_owned())
        })?;
        match (self.file, &address) {
            (Address::Url(file), Address::Url(named)) if self.leaves_repository(file, named) => {
                let what = format!("{target} is in another repository");
                Err((what, "a file of the same repository".to_owned()))
            }
            _ => Ok(address),
        }
    }

    /// Whoever may write in one repository must not have the portal show another.
    fn leaves_repository(&self, file: &Url, named: &Url) -> bool {
        if self.ground.web.scm(named).is_none() {
            return false;
        }
        let of = |address: &Url| {
            let found = RepositoryPath::of(address)?;
            let name = format!("{}/{}", found.owner, found.repository);
            Some((address.host_str()?.to_owned(), name.to_ascii_lowercase()))
        };
        of(file) != of(named)
    }
}

fn in_words(target: &str, error: &SourceError) -> (String, String) {
    (
        format!("{target} cannot be read: {error}"),
        error.expected(),
    )
}
