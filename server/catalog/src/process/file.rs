//! One file: its documents, each on its own, so that a broken one never hides its siblings.

use std::sync::Arc;

use integrations::Commit;
use model::catalog::{EntityRef, KindSet};

use super::{
    Emission, Owners,
    address::Address,
    document::{self, Outcome},
    placeholder::Fetch,
    problem::{Place, SYNTAX},
};
use crate::{
    source::SourceError,
    store::StoredProblem,
    yaml::{decode, split_documents},
};

/// The most problems that are kept of one file; a file of markers alone could have millions.
const MOST_PROBLEMS: usize = 200;
/// The most documents that are read of one file: more than fit in if each is a useful entity.
const MOST_DOCUMENTS: usize = 100_000;

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct CatalogFile {
    /// Its entities, in order.
    pub(super) emissions: Vec<Emission>,
    /// What is wrong with it, in order.
    pub(super) problems: Vec<StoredProblem>,
    /// Entities whose document was found but is not acceptable.
    pub(super) broken: Vec<EntityRef>,
    /// Whether there are documents, or all of them, whose entities cannot be told: what the
    /// file said before may still be meant.
    pub(super) is_unclear: bool,
    /// The files that its placeholders name.
    pub(super) reads: Vec<Address>,
    /// The commit that it is of, where the host says so.
    pub(super) commit: Option<Commit>,
    /// Whether it, or a file that it names, is still being read.
    pub(super) is_pending: bool,
}

impl CatalogFile {
    /// A file that cannot be read at all.
    pub(super) fn unreadable(error: &SourceError, place: Place<'_>) -> Self {
        Self {
            problems: vec![place.source(error)],
            is_unclear: true,
            ..Self::default()
        }
    }

    /// A file that is not here yet: what it said before stays.
    pub(super) fn pending() -> Self {
        Self {
            is_unclear: true,
            is_pending: true,
            ..Self::default()
        }
    }

    /// Reads the content of a file.
    pub(super) fn read(
        bytes: &[u8],
        place: Place<'_>,
        kinds: &KindSet,
        fetch: &mut Fetch<'_>,
    ) -> Self {
        let mut file = Self::default();
        match decode(bytes) {
            Ok(text) => file.documents(text, place, kinds, fetch),
            Err(flaw) => {
                file.problems.push(place.flaw(flaw));
                file.is_unclear = true;
            }
        }
        file.cap_problems();
        file
    }

    /// Lets equal bodies be one text in memory.
    pub(super) fn share_bodies(&mut self, owners: &Owners) {
        for emission in &mut self.emissions {
            if let Some(owner) = owners.get(&emission.entity_ref)
                && owner.etag == emission.etag
            {
                emission.body = Arc::clone(&owner.body);
            }
        }
    }

    fn documents(&mut self, text: &str, place: Place<'_>, kinds: &KindSet, fetch: &mut Fetch<'_>) {
        let documents = split_documents(text);
        if let Some(beyond) = documents.get(MOST_DOCUMENTS) {
            let what = format!("more than {MOST_DOCUMENTS} documents in one file");
            let expected = format!("at most {MOST_DOCUMENTS} documents");
            self.problems
                .push(place.error(SYNTAX, Some(beyond.start()), what, expected));
            self.is_unclear = true;
        }
        for document in documents.into_iter().take(MOST_DOCUMENTS) {
            match document::read(document, place, kinds, fetch, &mut self.problems) {
                Outcome::Empty => {}
                Outcome::Entity(emission) => self.emissions.push(*emission),
                Outcome::Broken(Some(entity_ref)) => self.broken.push(entity_ref),
                Outcome::Broken(None) => self.is_unclear = true,
            }
            if self.problems.len() > MOST_PROBLEMS * 2 {
                self.cap_problems();
            }
        }
    }

    /// Keeps the first problems and says in the last one that there are more.
    fn cap_problems(&mut self) {
        if self.problems.len() <= MOST_PROBLEMS {
            return;
        }
        self.problems.truncate(MOST_PROBLEMS);
        if let Some(last) = self.problems.last_mut() {
            last.message = "more problems follow that are not listed".to_owned();
            last.expected = Some("mend the ones above first".to_owned());
            last.entity_ref = None;
        }
    }
}
