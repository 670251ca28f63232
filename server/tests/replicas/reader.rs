//! Somebody who reads a replica all the time, and looks whether each answer is of one generation.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;

use crate::files::SERVICES;
use crate::replica::{Replica, get};

/// How many services there are of which generation: one answer, from one moment.
const COUNTS: &str = "/api/catalog/entity-facets?facet=metadata.labels.generation\
                      &filter=kind=component,spec.type=service";

pub(crate) struct Reader {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    address: Mutex<String>,
    generation: AtomicU32,
    answers: AtomicUsize,
    is_over: std::sync::atomic::AtomicBool,
    complaint: Mutex<Option<String>>,
}

impl Reader {
    pub(crate) fn of(replica: &Replica) -> Self {
        let shared = Arc::new(Shared::default());
        replica
            .address()
            .clone_into(&mut shared.address.lock().unwrap());
        let own = Arc::clone(&shared);
        Self {
            shared,
            thread: Some(std::thread::spawn(move || own.read())),
        }
    }

    /// The replica was started anew.
    pub(crate) fn move_to(&self, replica: &Replica) {
        replica
            .address()
            .clone_into(&mut self.shared.address.lock().unwrap());
    }

    /// Whether the last answer was of this generation.
    pub(crate) fn sees(&self, generation: u32) -> bool {
        self.shared.generation.load(Ordering::Acquire) == generation
    }

    /// Fails if any answer was wrong.
    pub(crate) fn check(&self) {
        let complaint = self.shared.complaint.lock().unwrap();
        assert!(complaint.is_none(), "{complaint:?}");
    }

    /// Ends, and says how many answers it had.
    pub(crate) fn finish(&mut self) -> usize {
        self.shared.is_over.store(true, Ordering::Release);
        self.thread.take().unwrap().join().unwrap();
        self.check();
        self.shared.answers.load(Ordering::Acquire)
    }
}

impl Shared {
    fn read(&self) {
        while !self.is_over.load(Ordering::Acquire) {
            let address = self.address.lock().unwrap().clone();
            match get(&address, COUNTS) {
                Ok(answer) => {
                    if let Err(complaint) = self.judge(answer.status, &answer.body) {
                        *self.complaint.lock().unwrap() = Some(complaint);
                        return;
                    }
                }
                // It is dead; another one will be told.
                Err(_) => std::thread::sleep(Duration::from_millis(100)),
            }
            std::thread::sleep(Duration::from_millis(40));
        }
    }

    /// Either nothing yet, or all services of one generation, no older than the last.
    fn judge(&self, status: u16, body: &str) -> Result<(), String> {
        if status != 200 {
            return Err(format!("{status}: {body}"));
        }
        let answer: Value = serde_json::from_str(body).map_err(|error| error.to_string())?;
        let counts = answer["facets"]["metadata.labels.generation"].as_array();
        let last = self.generation.load(Ordering::Acquire);
        let generation = match counts.map_or(&[][..], Vec::as_slice) {
            [] => 0,
            [one] if one["count"] == SERVICES => {
                let value = one["value"].as_str().and_then(|value| value.parse().ok());
                value.ok_or_else(|| format!("what is this: {body}"))?
            }
            _ => return Err(format!("a part of a batch: {body}")),
        };
        if generation < last {
            return Err(format!("{generation} after {last}"));
        }
        self.generation.store(generation, Ordering::Release);
        self.answers.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }
}
