//! Who owns what: turns a survey into the changes that make the catalog say the same.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::catalog::{EntityRef, JsonPath};

use super::{
    Emission, Owner, Owners, Survey,
    emission::uid_of,
    problem::{CONFLICT, Place, concerning},
    survey::Candidate,
};
use crate::{
    config::OrphanStrategy,
    store::{Batch, Put, StoredProblem},
};

/// The changes that lead from `owners` to what the survey found.
///
/// The first writer of a ref keeps it; of several new ones the first in the order of the
/// configuration wins. The others are problems that name the winner, and the next of them takes
/// over in the very pass in which the winner is gone. What cannot be read now stays as it was.
#[must_use]
pub fn decide(survey: &Survey, owners: &Owners, orphans: OrphanStrategy) -> Batch {
    let winners = winners(survey, owners);
    let mut batch = Batch {
        full_read: !survey.is_pending,
        ..Batch::default()
    };
    let mut conflicts: HashMap<Arc<str>, Vec<StoredProblem>> = HashMap::new();
    for candidate in &survey.candidates {
        let Some(emission) = candidate.emission() else {
            continue;
        };
        let entity_ref = &emission.entity_ref;
        match winners.get(entity_ref) {
            Some(Winner::Candidate(winner)) if std::ptr::eq(*winner, candidate) => {
                if let Some(put) = put(candidate, emission, owners.get(entity_ref)) {
                    batch.puts.push(put);
                }
            }
            Some(winner) if winner.is_elsewhere(candidate, emission) => {
                let problem = conflict(survey, candidate, emission, winner);
                conflicts
                    .entry(Arc::clone(&candidate.origin))
                    .or_default()
                    .push(problem);
            }
            _ => {}
        }
    }
    leave(survey, owners, &winners, orphans, &mut batch);
    batch.problems = survey.problems_by_origin();
    for origin in &mut batch.problems {
        origin
            .problems
            .extend(conflicts.remove(origin.origin.as_str()).unwrap_or_default());
        origin
            .problems
            .sort_by(|a, b| place_of(a).cmp(&place_of(b)));
    }
    batch
}

fn place_of(problem: &StoredProblem) -> (&str, Option<u32>, Option<u32>) {
    (&problem.location, problem.line, problem.column)
}

/// Who has a ref after this pass.
enum Winner<'w> {
    Candidate(&'w Candidate),
    /// A file whose document cannot be read now.
    LastGood(&'w Owner),
}

impl Winner<'_> {
    /// Whether it is another document than the candidate's. The same document may be reached
    /// from two configured locations, which is no conflict.
    fn is_elsewhere(&self, candidate: &Candidate, emission: &Emission) -> bool {
        let (location, line) = self.place();
        location != &*candidate.location || line != Some(emission.line)
    }

    fn place(&self) -> (&str, Option<u32>) {
        match self {
            Self::Candidate(winner) => (
                &winner.location,
                winner.emission().map(|emission| emission.line),
            ),
            Self::LastGood(owner) => (&owner.location, owner.line),
        }
    }
}

fn winners<'w>(survey: &'w Survey, owners: &'w Owners) -> HashMap<&'w EntityRef, Winner<'w>> {
    let mut best: HashMap<&EntityRef, (u8, &Candidate)> = HashMap::new();
    for candidate in &survey.candidates {
        let Some(emission) = candidate.emission() else {
            continue;
        };
        let claim = claim(candidate, owners.get(&emission.entity_ref));
        best.entry(&emission.entity_ref)
            .and_modify(|known| {
                if claim > known.0 {
                    *known = (claim, candidate);
                }
            })
            .or_insert((claim, candidate));
    }
    let winner = |(entity_ref, (claim, candidate)): (&'w EntityRef, (u8, &'w Candidate))| {
        let last_good = owners
            .get(entity_ref)
            .filter(|owner| claim == 0 && survey.holds(entity_ref, owner));
        (
            entity_ref,
            last_good.map_or(Winner::Candidate(candidate), Winner::LastGood),
        )
    };
    best.into_iter().map(winner).collect()
}

/// How strong a candidate's claim is: it has the ref already, its file has it, or neither.
fn claim(candidate: &Candidate, owner: Option<&Owner>) -> u8 {
    match owner {
        Some(owner) if owner.location == candidate.location => {
            1 + u8::from(owner.origin == candidate.origin)
        }
        _ => 0,
    }
}

fn put(candidate: &Candidate, emission: &Emission, owner: Option<&Owner>) -> Option<Put> {
    let is_unchanged = owner.is_some_and(|owner| {
        owner.etag == emission.etag
            && owner.location == candidate.location
            && owner.origin == candidate.origin
            && owner.line == Some(emission.line)
            && !owner.is_orphan
    });
    (!is_unchanged).then(|| Put {
        entity_ref: emission.entity_ref.clone(),
        uid: Some(uid_of(&emission.entity_ref)),
        body: Arc::clone(&emission.body),
        etag: Arc::clone(&emission.etag),
        location: Arc::clone(&candidate.location),
        origin: Arc::clone(&candidate.origin),
        line: Some(emission.line),
        commit: candidate
            .file
            .commit
            .as_ref()
            .map(|commit| commit.id.clone()),
        author: (candidate.file.commit.as_ref()).and_then(|commit| commit.author.clone()),
    })
}

fn conflict(
    survey: &Survey,
    loser: &Candidate,
    emission: &Emission,
    winner: &Winner<'_>,
) -> StoredProblem {
    let place = Place::new(&loser.location, &loser.origin);
    let part = JsonPath::of(["metadata", "name"]);
    let at = survey.locate(loser, emission.line, &part);
    let what = format!(
        "{} is already in {}",
        emission.entity_ref,
        winner_in_words(winner)
    );
    let expected = "one document for each entity: rename or remove one of the two";
    concerning(
        place.error(CONFLICT, Some(at), what, expected),
        Some(&emission.entity_ref),
    )
}

fn winner_in_words(winner: &Winner<'_>) -> String {
    let (location, line) = winner.place();
    let file = location
        .strip_prefix("file:")
        .or_else(|| location.strip_prefix("url:"))
        .unwrap_or(location);
    match line {
        Some(line) => format!("{file}:{line}"),
        None => file.to_owned(),
    }
}

/// What becomes of the entities that no file emits.
fn leave(
    survey: &Survey,
    owners: &Owners,
    winners: &HashMap<&EntityRef, Winner<'_>>,
    orphans: OrphanStrategy,
    batch: &mut Batch,
) {
    let origins: HashSet<&str> = survey.problems.keys().map(|origin| &**origin).collect();
    for (entity_ref, owner) in &owners.0 {
        if winners.contains_key(entity_ref) || survey.holds(entity_ref, owner) {
            continue;
        }
        if orphans == OrphanStrategy::Delete || !origins.contains(&*owner.origin) {
            batch.deletes.push(entity_ref.clone());
        } else if !owner.is_orphan {
            batch.orphans.push(entity_ref.clone());
        }
    }
    batch.deletes.sort_unstable();
    batch.orphans.sort_unstable();
}
