//! A text with numbered lines, each with an anchor `#L12`, and remarks under the lines they are about.
//! Built as one string of HTML: a view node per line would cost the browser seconds on a long file.

use std::fmt::Write as _;

use super::syntax::{Syntax, escape};
use crate::prelude::*;

/// A remark on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    /// From 1.
    pub line: u32,
    /// Whether it is an error, else a warning.
    pub is_error: bool,
    /// What it says.
    pub text: String,
}

/// The block.
pub(super) fn block(
    label: String,
    text: &str,
    syntax: Syntax,
    remarks: &[Remark],
) -> impl IntoView + use<> {
    let html = html(text, syntax, remarks);
    view! {
        <pre class="code code--flush src" tabindex="0" role="region" aria-label=label><code inner_html=html></code></pre>
    }
}

fn html(text: &str, syntax: Syntax, remarks: &[Remark]) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    for (number, line) in (1_u32..).zip(text.lines()) {
        let mut here = remarks
            .iter()
            .filter(|remark| remark.line == number)
            .peekable();
        let class = match here.peek() {
            Some(remark) if remark.is_error => "sl sl--bad",
            Some(_) => "sl sl--warn",
            None => "sl",
        };
        let content = syntax.line(line);
        // Writing to a string cannot fail.
        let _written = writeln!(
            html,
            "<span class=\"{class}\" id=\"L{number}\"><a class=\"sl__no\" href=\"#L{number}\" rel=\"external\" \
             aria-hidden=\"true\" tabindex=\"-1\">{number}</a>{content}"
        );
        for remark in here {
            let word = if remark.is_error { "Error" } else { "Warning" };
            let _written = writeln!(
                html,
                "<span class=\"sl__say\">{word}: {}</span>",
                escape(&remark.text)
            );
        }
        html.push_str("</span>");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_its_number_and_anchor() {
        let html = html("a: 1\n\nb: <script>\n", Syntax::Plain, &[]);
        assert_eq!(html.matches("class=\"sl\"").count(), 3);
        assert!(html.contains("id=\"L3\""), "{html}");
        assert!(html.contains("b: &lt;script&gt;"), "{html}");
    }

    #[test]
    fn a_remark_stands_under_its_line_and_is_escaped() {
        let remark = Remark {
            line: 2,
            is_error: true,
            text: "<b> is no name".to_owned(),
        };
        let html = html("a\nb\nc", Syntax::Plain, &[remark]);
        let (before, after) = html.split_once("Error: &lt;b&gt; is no name").unwrap();
        assert!(
            before.contains("sl--bad\" id=\"L2\"") && !before.contains("L3"),
            "{html}"
        );
        assert!(after.contains("id=\"L3\""), "{html}");
    }
}
