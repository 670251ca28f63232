//! Effects and memos whose closures forget their type: the browser has the code of an effect once, and
//! that of a memo once for a type of value.

use std::time::Duration;

use leptos::prelude::{
    Effect, Memo, StoredValue, TimeoutHandle, UpdateValue, set_timeout_with_handle,
};

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

/// Something that is done once nothing has asked for it for a while.
#[derive(Clone, Copy)]
pub struct Later(StoredValue<Option<TimeoutHandle>>);

impl Default for Later {
    fn default() -> Self {
        Self(StoredValue::new(None))
    }
}

impl Later {
    /// Does it after a pause, unless it is asked for again before. The page may be gone by then.
    pub fn act(self, pause: Duration, act: impl FnOnce() + 'static) {
        if let Some(timer) = self.0.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        let timer = set_timeout_with_handle(act, pause).ok();
        self.0.try_update_value(|kept| *kept = timer);
    }
}
