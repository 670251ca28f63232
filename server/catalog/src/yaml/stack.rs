//! A stack that is deep enough for the deepest document the limits allow. The parser recurses,
//! and an overflow would end the process: no `catch_unwind` helps.

use std::{
    cell::Cell,
    io,
    num::NonZero,
    panic,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// Without optimisation 64 levels take 1.9 MiB, as much as an ordinary thread has in all.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// What a thread takes at once: enough that taking it costs nothing beside reading a file.
const BATCH: usize = 16;

thread_local! {
    static IS_DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Runs the work on a thread of its own with a deep stack, and does not wait for it.
///
/// # Errors
/// When the system gives no thread.
pub fn spawn_deep(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let deep = move || {
        IS_DEEP.set(true);
        work();
    };
    builder().spawn(deep).map(drop)
}

/// Runs the work on a deep stack: here when this thread has one already, else on a thread of
/// its own. A pass over many files wraps itself once and pays for one thread.
///
/// # Errors
/// When the system gives no thread.
pub fn on_deep_stack<R: Send>(work: impl FnOnce() -> R + Send) -> io::Result<R> {
    if IS_DEEP.get() {
        return Ok(work());
    }
    thread::scope(|scope| {
        let deep = builder().spawn_scoped(scope, || {
            IS_DEEP.set(true);
            work()
        })?;
        deep.join().map_err(|payload| panic::resume_unwind(payload))
    })
}

/// The work for each item, in their order, on as many deep stacks as there are cores. Where the
/// system gives no further thread, those that it gave do it all; few items are done here.
pub(crate) fn on_deep_stacks<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    if items.len() < 2 * BATCH || cores == 1 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let some = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(batch) = items.chunks(BATCH).nth(at) else {
                return done;
            };
            done.push((at, batch.iter().map(&work).collect::<Vec<R>>()));
        }
    };
    let mut done = thread::scope(|scope| {
        let deep = || {
            IS_DEEP.set(true);
            some()
        };
        let others: Vec<_> = (1..cores)
            .filter_map(|_| builder().spawn_scoped(scope, deep).ok())
            .collect();
        let mut done = some();
        for other in others {
            done.extend(
                other
                    .join()
                    .unwrap_or_else(|payload| panic::resume_unwind(payload)),
            );
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

fn builder() -> thread::Builder {
    thread::Builder::new()
        .name("catalog-files".to_owned())
        .stack_size(STACK_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for count in [0, 1, 2 * BATCH - 1, 2 * BATCH, 1000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(on_deep_stacks(&items, |item| item * 2), doubled);
        }
    }

    #[test]
    #[should_panic(expected = "item 77")]
    fn a_panic_on_another_stack_is_one_here() {
        let items: Vec<usize> = (0..100).collect();
        on_deep_stacks(&items, |item| assert_ne!(*item, 77, "item 77"));
    }
}
