//! Effects and memos whose closures forget their type: the browser has the code of an effect once, and
//! that of a memo once for a type of value.

use leptos::prelude::{Effect, Memo};

/// Runs in the browser: once the page is there, and when what it reads changes.
pub fn effect(run: impl Fn() + 'static) {
    let run: Box<dyn Fn()> = Box::new(run);
    Effect::new(move |_| run());
}

/// A value that is worked out from others, and changes only when it becomes another.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    value: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    let value: Box<dyn Fn() -> T + Send + Sync> = Box::new(value);
    Memo::new(move |_| value())
}
