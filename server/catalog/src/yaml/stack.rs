//! A stack that is deep enough for the deepest document the limits allow. The parser recurses,
//! and an overflow would end the process: no `catch_unwind` helps.

use std::{cell::Cell, io, panic, thread};

/// Without optimisation 64 levels take 1.9 MiB, as much as an ordinary thread has in all.
const STACK_BYTES: usize = 16 * 1024 * 1024;

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

fn builder() -> thread::Builder {
    thread::Builder::new()
        .name("catalog-files".to_owned())
        .stack_size(STACK_BYTES)
}
