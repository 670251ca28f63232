//! The entity as YAML, as JSON, and the file that it comes from.

use super::address::source_href;
use super::code::{self, Remark};
use super::data::Answer;
use super::syntax::Syntax;
use crate::catalog::types::{EntityDetail, ProblemView, SourceFormat, SourceText};
use crate::prelude::*;
use crate::ui::copy::CopyButton;
use crate::ui::error_view::ErrorView;

/// The tab's content.
pub(super) fn tab(detail: &EntityDetail, answer: Answer<SourceText>) -> AnyView {
    match answer {
        None => view! { <span class="sk sk--60"></span> },
        Some(Err(error)) => view! { <ErrorView error/> },
        Some(Ok(source)) => panel(detail, &source).into_any(),
    }
}

fn panel(detail: &EntityDetail, source: &SourceText) -> impl IntoView + use<> {
    let choice = |format: SourceFormat, label: &'static str| {
        let current = (format == source.format).then_some("true");
        view! { <a href=source_href(&detail.href, format) aria-current=current>{label}</a> }
    };
    let label = format!("Source of {}", detail.title);
    view! {
        <section class="panel esource" aria-labelledby="e-source">
            <div class="panel__head">
                <h2 id="e-source">"Source"</h2>
                {place(source)}
                <span class="push">
                    <span class="seg" role="group" aria-label="Form of the source">
                        {choice(SourceFormat::Yaml, "YAML")}
                        {choice(SourceFormat::Json, "JSON")}
                        {choice(SourceFormat::File, "File")}
                    </span>
                    <CopyButton text=source.text.clone() label="Copy source"/>
                </span>
            </div>
            {code::block(label, &source.text, syntax(source), &remarks(source))}
        </section>
    }
}

/// The file, and in it the way to the entity's first line.
fn place(source: &SourceText) -> Option<AnyView> {
    let file = source.file.clone()?;
    let line = source
        .line
        .filter(|_| source.format == SourceFormat::File)
        .map(|line| {
            view! { <a class="link" href=format!("#L{line}") rel="external">"from line "{line}</a> }
        });
    let view = view! { <span class="muted row esource__place"><code class="truncate" title=file.clone()>{file.clone()}</code>{line}</span> };
    Some(view.into_any())
}

fn syntax(source: &SourceText) -> Syntax {
    match source.format {
        SourceFormat::Json => Syntax::Json,
        SourceFormat::Yaml | SourceFormat::File => Syntax::Yaml,
    }
}

/// Problems are about lines of the file; in the other forms they have none.
fn remarks(source: &SourceText) -> Vec<Remark> {
    if source.format != SourceFormat::File {
        return Vec::new();
    }
    source.problems.iter().filter_map(remark).collect()
}

fn remark(problem: &ProblemView) -> Option<Remark> {
    let text = match problem.expected.as_str() {
        "" => problem.message.clone(),
        expected => format!("{}; expected {expected}", problem.message),
    };
    Some(Remark {
        line: problem.line?,
        is_error: problem.is_error,
        text,
    })
}
