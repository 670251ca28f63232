//! The content policy of a page: scripts of ours with this page's nonce, and WebAssembly.

use leptos::nonce::use_nonce;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Adds the `Content-Security-Policy` header with the nonce that the page's scripts carry.
pub fn set_content_policy() {
    let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else {
        return;
    };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' https:; font-src 'self'; connect-src 'self'{}; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        edit_loop()
    );
    if let Ok(value) = http::HeaderValue::from_str(&policy) {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, value);
    }
}

/// Where `make dev` tells the open page to load again.
fn edit_loop() -> &'static str {
    if std::env::var_os("LEPTOS_WATCH").is_some() {
        " ws://localhost:3001 ws://127.0.0.1:3001"
    } else {
        ""
    }
}
