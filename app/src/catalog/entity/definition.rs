//! An API's definition as text.

use super::code;
use super::syntax::Syntax;
use super::words::counted;
use crate::catalog::types::EntityDetail;
use crate::prelude::*;
use crate::ui::copy::CopyButton;

/// The tab's content.
pub(super) fn tab(detail: &EntityDetail) -> AnyView {
    let Some(definition) = &detail.definition else {
        return ().into_any();
    };
    let syntax = Syntax::of_definition(&definition.format, &definition.text);
    let lines = counted(definition.text.lines().count(), "line");
    view! {
        <section class="panel esource" aria-labelledby="e-definition">
            <div class="panel__head">
                <h2 id="e-definition">{name(&definition.format)}</h2>
                <span class="muted">{lines}</span>
                <span class="push"><CopyButton text=definition.text.clone() label="Copy definition"/></span>
            </div>
            {code::block(format!("Definition of {}", detail.title), &definition.text, syntax, &[])}
        </section>
    }
}

/// The format as its makers write it.
fn name(format: &str) -> String {
    match format.to_ascii_lowercase().as_str() {
        "openapi" => "OpenAPI".to_owned(),
        "asyncapi" => "AsyncAPI".to_owned(),
        "graphql" => "GraphQL".to_owned(),
        "grpc" => "gRPC".to_owned(),
        "trpc" => "tRPC".to_owned(),
        "" => "Definition".to_owned(),
        _ => format.to_owned(),
    }
}
