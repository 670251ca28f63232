//! The WebAssembly entry point: takes over the server's HTML, nothing else.

/// Called once by the page's script: hydrates the whole body.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
