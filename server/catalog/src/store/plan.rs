//! What a batch changes, given what is true now. Pure, so that every case is a small test.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use model::catalog::EntityRef;
use uuid::Uuid;

use super::heads::{Head, Heads};
use super::{Batch, Operation, Put};

/// One change to be written: the head as it will be, and the revision behind it if there is a
/// new one. `head.seq` is still the previous revision's.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step<'a> {
    pub(super) head: Head,
    pub(super) revision: Option<NewRevision<'a>>,
}

/// The revision that a step adds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NewRevision<'a> {
    Put(&'a Put),
    Delete,
}

impl Step<'_> {
    pub(super) fn op(&self) -> Operation {
        if self.head.deleted {
            Operation::Delete
        } else {
            Operation::Put
        }
    }
}

/// Every ref that the batch names.
pub(super) fn refs(batch: &Batch) -> Vec<&EntityRef> {
    let puts = batch.puts.iter().map(|put| &put.entity_ref);
    puts.chain(&batch.deletes).chain(&batch.orphans).collect()
}

/// The steps of `batch`, at most one a ref: puts, then deletions, then orphans.
pub(super) fn steps<'a>(batch: &'a Batch, heads: &Heads) -> Vec<Step<'a>> {
    let last: HashMap<&EntityRef, usize> = (batch.puts.iter().enumerate())
        .map(|(index, put)| (&put.entity_ref, index))
        .collect();
    let mut done: HashSet<&EntityRef> = last.keys().copied().collect();

    let puts = (batch.puts.iter().enumerate())
        .filter(|(index, put)| last.get(&put.entity_ref) == Some(index))
        .filter_map(|(_, put)| put_step(put, heads.get(&put.entity_ref)));
    let mut steps: Vec<Step> = puts.collect();
    for entity_ref in &batch.deletes {
        if done.insert(entity_ref) {
            steps.extend(heads.get(entity_ref).and_then(delete_step));
        }
    }
    for entity_ref in &batch.orphans {
        if done.insert(entity_ref) {
            steps.extend(heads.get(entity_ref).and_then(orphan_step));
        }
    }
    steps
}

fn put_step<'a>(put: &'a Put, known: Option<&Head>) -> Option<Step<'a>> {
    let same_body = known.is_some_and(|head| !head.deleted && head.etag == put.etag);
    let head = Head {
        entity_ref: put.entity_ref.clone(),
        uid: known.map_or_else(|| first_uid(put), |head| head.uid.clone()),
        seq: known.map_or(0, |head| head.seq),
        number: known.map_or(0, |head| head.number) + i64::from(!same_body),
        etag: Arc::clone(&put.etag),
        location: Arc::clone(&put.location),
        origin: Arc::clone(&put.origin),
        line: put.line,
        orphan: false,
        deleted: false,
    };
    (known != Some(&head)).then_some(Step {
        head,
        revision: (!same_body).then_some(NewRevision::Put(put)),
    })
}

fn first_uid(put: &Put) -> String {
    put.uid
        .clone()
        .unwrap_or_else(|| Uuid::new_v4().to_string())
}

fn delete_step<'a>(known: &Head) -> Option<Step<'a>> {
    (!known.deleted).then(|| Step {
        head: Head {
            number: known.number + 1,
            deleted: true,
            ..known.clone()
        },
        revision: Some(NewRevision::Delete),
    })
}

fn orphan_step<'a>(known: &Head) -> Option<Step<'a>> {
    (!known.deleted && !known.orphan).then(|| Step {
        head: Head {
            orphan: true,
            ..known.clone()
        },
        revision: None,
    })
}
