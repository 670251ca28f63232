//! A file into its documents, so that a broken one does not take its siblings along.

use super::flaw::Position;

/// The text of one document of a file, not parsed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawDocument<'a> {
    /// Line of the file, from 1, that the text begins at.
    pub first_line: u32,
    /// The text, its `---` and directives included.
    pub text: &'a str,
}

impl RawDocument<'_> {
    /// Where the content begins.
    #[must_use]
    pub fn start(&self) -> Position {
        Position {
            line: self.content_line(),
            column: 1,
        }
    }

    /// Line, from 1, of the first content: not blank, not a comment, not a bare marker.
    #[must_use]
    pub fn content_line(&self) -> u32 {
        let before = self.text.lines().take_while(|line| {
            let line = line.trim_end();
            is_prelude(line) || line == "---"
        });
        let skipped = u32::try_from(before.count()).unwrap_or(u32::MAX);
        self.first_line.saturating_add(skipped)
    }
}

/// Cuts at every `---` and after every `...` in column 0: YAML ends a document there, even
/// inside a block scalar. Texts of comments and blank lines alone are left out.
#[must_use]
pub fn split_documents(text: &str) -> Vec<RawDocument<'_>> {
    let mut splitter = Splitter::new(text);
    for line in text.split_inclusive('\n') {
        splitter.take(line);
    }
    splitter.finish()
}

struct Splitter<'a> {
    text: &'a str,
    documents: Vec<RawDocument<'a>>,
    start: usize,
    at: usize,
    first_line: u32,
    line: u32,
    state: State,
}

/// What the text since the last cut has shown.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Blank,
    Directives,
    Content,
}

impl<'a> Splitter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            documents: Vec::new(),
            start: 0,
            at: 0,
            first_line: 1,
            line: 1,
            state: State::Blank,
        }
    }

    fn take(&mut self, line: &str) {
        let content = line.trim_end_matches(['\n', '\r']);
        if is_marker(content, "---") {
            if self.state == State::Content {
                self.cut();
            }
            self.state = State::Content;
        } else if self.state != State::Content && !is_blank(content) {
            self.state = if content.starts_with('%') {
                State::Directives
            } else {
                State::Content
            };
        }
        self.at += line.len();
        self.line = self.line.saturating_add(1);
        if is_marker(content, "...") {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if let Some(text) = self.text.get(self.start..self.at)
            && self.state != State::Blank
            && !text
                .lines()
                .all(|line| is_blank(line) || line.trim_end() == "---")
        {
            self.documents.push(RawDocument {
                first_line: self.first_line,
                text,
            });
        }
        self.start = self.at;
        self.first_line = self.line;
        self.state = State::Blank;
    }

    fn finish(mut self) -> Vec<RawDocument<'a>> {
        self.cut();
        self.documents
    }
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
}

fn is_blank(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '\r']);
    line.trim_end().is_empty() || line.starts_with('#')
}

fn is_prelude(line: &str) -> bool {
    is_blank(line) || line.starts_with('%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(u32, &str)]) {
        let found: Vec<_> = split_documents(text)
            .into_iter()
            .map(|document| (document.first_line, document.text))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn documents_part_at_markers_in_column_zero() {
        check("a: 1\n", &[(1, "a: 1\n")]);
        check(
            "---\na: 1\n---\nb: 2",
            &[(1, "---\na: 1\n"), (3, "---\nb: 2")],
        );
        check(
            "a: 1\r\n---\r\nb: 2\r\n",
            &[(1, "a: 1\r\n"), (2, "---\r\nb: 2\r\n")],
        );
        check(
            "--- {a: 1}\n--- # two\nb: 2\n",
            &[(1, "--- {a: 1}\n"), (2, "--- # two\nb: 2\n")],
        );
    }

    #[test]
    fn what_only_looks_like_a_marker_stays() {
        check("a: |\n  ---\n ---\n", &[(1, "a: |\n  ---\n ---\n")]);
        check("---a: 1\n----\n", &[(1, "---a: 1\n----\n")]);
    }

    #[test]
    fn a_block_scalar_ends_at_a_marker_in_column_zero() {
        check(
            "a: |\n  x\n---\nb: 2\n",
            &[(1, "a: |\n  x\n"), (3, "---\nb: 2\n")],
        );
    }

    #[test]
    fn documents_without_content_are_left_out() {
        check("", &[]);
        check("# only\n\n---\n# a comment\n---\n", &[]);
        check("# c\n---\n\n---\na: 1\n---\n", &[(4, "---\na: 1\n")]);
    }

    #[test]
    fn directives_belong_to_the_document_they_precede() {
        check("%YAML 1.2\n---\na: 1\n", &[(1, "%YAML 1.2\n---\na: 1\n")]);
        check(
            "a: 1\n...\n%YAML 1.2\n---\nb: 2\n",
            &[(1, "a: 1\n...\n"), (3, "%YAML 1.2\n---\nb: 2\n")],
        );
    }

    #[test]
    fn the_content_line_skips_what_stands_before() {
        let documents = split_documents("# c\n\n%YAML 1.2\n---\n# more\nkind: API\n");
        assert_eq!(documents[0].content_line(), 6);
        let inline = split_documents("--- {a: 1}\n");
        assert_eq!(inline[0].content_line(), 1);
    }
}
