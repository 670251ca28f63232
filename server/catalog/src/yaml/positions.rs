//! Where every part of a document stands, built from the parser's events without recursion.

use serde_saphyr::granit_parser::{Event, Parser, Span};

use super::{flaw::Position, split::RawDocument};

/// A document's tree of positions. It holds what stands before the first syntax error, too.
#[derive(Debug, Default)]
pub struct Positions {
    root: Option<Node>,
}

#[derive(Debug)]
struct Node {
    value: Position,
    key: Option<Position>,
    children: Children,
}

#[derive(Debug)]
enum Children {
    Scalar(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Positions {
    /// Walks the document's events; stops at the first error, keeping what came before.
    #[must_use]
    pub fn of(document: RawDocument<'_>) -> Self {
        let mut builder = Builder::new(document.first_line);
        for event in Parser::new_from_str(document.text) {
            let Ok((event, span)) = event else { break };
            builder.take(&event, &span);
        }
        builder.finish()
    }

    /// Where the value at a path stands: keys of mappings, indices of lists in decimals. A path
    /// that leads nowhere gives the nearest value above it.
    #[must_use]
    pub fn value_at<'p>(&self, path: impl IntoIterator<Item = &'p str>) -> Option<Position> {
        self.nearest(path).map(|(node, _)| node.value)
    }

    /// As [`Positions::value_at`], but the place of the key where the value has one.
    #[must_use]
    pub fn key_at<'p>(&self, path: impl IntoIterator<Item = &'p str>) -> Option<Position> {
        self.nearest(path)
            .map(|(node, _)| node.key.unwrap_or(node.value))
    }

    /// The scalar's text at a path; for a document that is broken further down.
    #[must_use]
    pub fn text_at<'p>(&self, path: impl IntoIterator<Item = &'p str>) -> Option<&str> {
        match self.nearest(path)? {
            (
                Node {
                    children: Children::Scalar(text),
                    ..
                },
                true,
            ) => Some(text),
            _ => None,
        }
    }

    fn nearest<'p>(&self, path: impl IntoIterator<Item = &'p str>) -> Option<(&Node, bool)> {
        let mut node = self.root.as_ref()?;
        for segment in path {
            match node.child(segment) {
                Some(child) => node = child,
                None => return Some((node, false)),
            }
        }
        Some((node, true))
    }
}

impl Node {
    fn child(&self, segment: &str) -> Option<&Self> {
        match &self.children {
            Children::Scalar(_) => None,
            Children::List(items) => items.get(segment.parse::<usize>().ok()?),
            Children::Map(entries) => entries
                .iter()
                .find(|(key, _)| key == segment)
                .map(|(_, node)| node),
        }
    }
}

/// A collection that is not closed yet, and the key that waits for its value.
struct Open {
    node: Node,
    key: Option<(String, Position)>,
}

struct Builder {
    first_line: u32,
    open: Vec<Open>,
    root: Option<Node>,
}

impl Builder {
    fn new(first_line: u32) -> Self {
        Self {
            first_line,
            open: Vec::new(),
            root: None,
        }
    }

    fn take(&mut self, event: &Event<'_>, span: &Span) {
        let line = span.start.line();
        let at = Position::within(line, span.start.col().saturating_add(1), self.first_line);
        match event {
            Event::Scalar(text, ..) => self.scalar(text, at),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.scalar("", at),
            Event::SequenceStart(..) => self.begin(at, Children::List(Vec::new())),
            Event::MappingStart(..) => self.begin(at, Children::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            _ => {}
        }
    }

    fn scalar(&mut self, text: &str, at: Position) {
        if let Some(Open {
            node,
            key: key @ None,
        }) = self.open.last_mut()
            && matches!(node.children, Children::Map(_))
        {
            *key = Some((text.to_owned(), at));
            return;
        }
        self.place(Node {
            value: at,
            key: None,
            children: Children::Scalar(text.to_owned()),
        });
    }

    fn begin(&mut self, at: Position, children: Children) {
        let node = Node {
            value: at,
            key: None,
            children,
        };
        self.open.push(Open { node, key: None });
    }

    fn end(&mut self) {
        if let Some(closed) = self.open.pop() {
            self.place(closed.node);
        }
    }

    /// Puts a finished node into the collection around it.
    fn place(&mut self, mut node: Node) {
        let Some(around) = self.open.last_mut() else {
            self.root = self.root.take().or(Some(node));
            return;
        };
        match &mut around.node.children {
            Children::List(items) => items.push(node),
            Children::Map(entries) => match around.key.take() {
                Some((key, at)) => {
                    node.key = Some(at);
                    entries.push((key, node));
                }
                // A collection as a key: the parse refuses it, its place has no name.
                None => around.key = Some((String::new(), node.value)),
            },
            Children::Scalar(_) => {}
        }
    }

    fn finish(mut self) -> Positions {
        while !self.open.is_empty() {
            self.end();
        }
        Positions { root: self.root }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::split_documents;

    const TEXT: &str = "# one\nkind: API\nmetadata:\n  name: ledger\n  tags:\n    - go\n    - {a: æøå, b: 2}\nspec: *x\n";

    fn positions(text: &str) -> Positions {
        Positions::of(split_documents(text)[0])
    }

    #[track_caller]
    fn check(path: &[&str], key: (u32, u32), value: (u32, u32)) {
        let positions = positions(TEXT);
        let place = |found: Option<Position>| found.map(|at| (at.line, at.column));
        assert_eq!(place(positions.key_at(path.iter().copied())), Some(key));
        assert_eq!(place(positions.value_at(path.iter().copied())), Some(value));
    }

    #[test]
    fn every_part_has_a_place() {
        check(&["kind"], (2, 1), (2, 7));
        check(&["metadata", "name"], (4, 3), (4, 9));
        check(&["metadata", "tags", "0"], (6, 7), (6, 7));
        check(&["metadata", "tags", "1", "b"], (7, 16), (7, 19));
    }

    #[test]
    fn a_path_that_leads_nowhere_gives_the_value_above() {
        check(&["metadata", "title"], (3, 1), (4, 3));
        check(&["nothing"], (2, 1), (2, 1));
    }

    #[test]
    fn what_stands_before_a_syntax_error_is_kept() {
        let found = positions("kind: API\nmetadata:\n  name: ledger\nspec: [1, }\n");
        assert_eq!(found.text_at(["metadata", "name"]), Some("ledger"));
        assert_eq!(found.text_at(["metadata"]), None);
        assert_eq!(found.text_at(["metadata", "namespace"]), None);
    }

    #[test]
    fn lines_count_from_the_start_of_the_file() {
        let text = "a: 1\n---\nb:\n  c: 2\n";
        let found = Positions::of(split_documents(text)[1]);
        assert_eq!(
            found.value_at(["b", "c"]),
            Some(Position { line: 4, column: 6 })
        );
    }
}
