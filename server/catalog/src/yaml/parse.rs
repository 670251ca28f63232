//! One document into a JSON value, with the positions of its parts where they are asked for.

use serde::de::DeserializeSeed;
use serde_json::Value;
use serde_saphyr::{Options, options::MergeKeyPolicy};

use super::{
    flaw::{Flaw, too_large},
    limits::Limits,
    positions::Positions,
    split::{RawDocument, split_documents},
    stack::on_deep_stack,
    value::{Growth, ValueSeed},
};

/// A value and where its parts stand.
#[derive(Debug)]
pub struct Located {
    /// The value; [`Value::Null`] for a document without content.
    pub value: Value,
    /// Where its parts stand in the file.
    pub positions: Positions,
}

/// Parses one document. YAML 1.2 booleans, `<<` an ordinary key, `1_000` a string, a key twice
/// an error: what Backstage's own reader does.
///
/// # Errors
/// One flaw: the first place that is not YAML, or that breaks a limit.
pub fn parse_document(document: RawDocument<'_>, limits: &Limits) -> Result<Value, Flaw> {
    if document.text.len() > limits.bytes {
        return Err(too_long(document, limits));
    }
    match on_deep_stack(|| parse(document, limits)) {
        Ok(parsed) => parsed,
        Err(error) => Err(Flaw::new(
            document.start(),
            format!("no thread to parse on: {error}"),
            "a machine with threads to spare",
        )),
    }
}

fn parse(document: RawDocument<'_>, limits: &Limits) -> Result<Value, Flaw> {
    let growth = Growth::within(limits);
    serde_saphyr::with_deserializer_from_str_with_options(
        document.text,
        options(limits),
        |deserializer| ValueSeed(&growth).deserialize(deserializer),
    )
    .map_err(|error| {
        let mut flaw = Flaw::from_yaml(&error, document.first_line, limits);
        if growth.exceeded() {
            (flaw.what, flaw.expected) = too_large(limits);
        }
        flaw
    })
}

/// Parses a file of one document, such as a configuration file, and keeps every position.
///
/// # Errors
/// As [`parse_document`]; a second document is a flaw too.
pub fn parse_document_with_positions(text: &str, limits: &Limits) -> Result<Located, Flaw> {
    let documents = split_documents(text);
    let Some(document) = documents.first().copied() else {
        return Ok(Located {
            value: Value::Null,
            positions: Positions::default(),
        });
    };
    if let Some(second) = documents.get(1) {
        return Err(Flaw::new(
            second.start(),
            "a second document begins here",
            "one document",
        ));
    }
    Ok(Located {
        value: parse_document(document, limits)?,
        positions: Positions::of(document),
    })
}

fn too_long(document: RawDocument<'_>, limits: &Limits) -> Flaw {
    let what = format!("the document has {} bytes", document.text.len());
    let expected = format!("at most {} bytes in one document", limits.bytes);
    Flaw::new(document.start(), what, expected)
}

fn options(limits: &Limits) -> Options {
    // A key counts as a node to the parser and as one to `Growth`: the same sum.
    let events = limits.nodes.saturating_mul(3);
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: events,
            max_nodes: limits.nodes,
            max_depth: limits.depth,
            flow_nesting_limit: limits.depth.saturating_add(1),
            max_aliases: limits.aliases,
            max_recorded_anchor_events: events,
            max_recorded_anchor_bytes: limits.bytes.saturating_mul(2),
            max_total_scalar_bytes: limits.bytes,
            enforce_alias_anchor_ratio: false,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: events,
            max_replay_stack_depth: limits.depth,
        },
        merge_keys: MergeKeyPolicy::AsOrdinary,
        underscored_numbers_as_strings: true,
        strict_booleans: true,
        emit_comments: false,
        with_snippet: false,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use serde_json::json;

    use super::*;

    fn parse(text: &str) -> Result<Value, Flaw> {
        parse_document(split_documents(text)[0], &Limits::DOCUMENT)
    }

    #[track_caller]
    fn check(text: &str, expected: &Value) {
        assert_eq!(&parse(text).unwrap(), expected);
    }

    #[track_caller]
    fn check_refused(text: &str, line: u32, column: u32, what: &str) {
        let flaw = parse(text).unwrap_err();
        assert!(flaw.what.contains(what), "{flaw}");
        assert_eq!(
            (flaw.position.line, flaw.position.column),
            (line, column),
            "{flaw}"
        );
        assert!(!flaw.expected.is_empty());
    }

    #[test]
    fn scalars_follow_yaml_1_2() {
        check(
            "[yes, no, on, off, y]",
            &json!(["yes", "no", "on", "off", "y"]),
        );
        check("[true, False, null, ~]", &json!([true, false, null, null]));
        check(
            "[1_000, 10, -3, 1.5, 2.0, 0x1F]",
            &json!(["1_000", 10, -3, 1.5, 2, 31]),
        );
        check(
            "[2026-11-25, 1.2.3, '7']",
            &json!(["2026-11-25", "1.2.3", "7"]),
        );
        check("1: a\ntrue: b", &json!({"1": "a", "true": "b"}));
    }

    #[test]
    fn merge_keys_are_ordinary_and_aliases_are_expanded() {
        check(
            "a: &x {k: 1}\nb: *x",
            &json!({"a": {"k": 1}, "b": {"k": 1}}),
        );
        check(
            "a: &x {k: 1}\nb: {<<: *x}",
            &json!({"a": {"k": 1}, "b": {"<<": {"k": 1}}}),
        );
    }

    #[test]
    fn line_ends_and_markers_do_not_matter() {
        check("---\r\na: |\r\n  x\r\n  y\r\n", &json!({"a": "x\ny\n"}));
        check("%YAML 1.2\n---\na: 1\n...\n", &json!({"a": 1}));
        check("--- # nothing\n~", &Value::Null);
    }

    #[test]
    fn a_flaw_names_its_place_in_the_file() {
        check_refused("a: 1\nb: [1, 2\nc: 3\n", 3, 2, "':'");
        check_refused("a:\n\tb: 1\n", 2, 2, "tab");
        check_refused("a: 1\na: 2\n", 2, 1, "`a` appears twice");
        check_refused("a: *nowhere\n", 1, 4, "");
        check_refused("a: .nan\n", 1, 4, "not a finite number");
        check_refused("a: &x [*x]\n", 1, 8, "contains it");
        check_refused("? [a]\n: 1\n", 1, 3, "");
    }

    #[test]
    fn nesting_is_refused_at_its_limit() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(&nested(64)).is_ok());
        let hostile = ["[".repeat(10_000), "- ".repeat(5_000), "{a: ".repeat(2_500)];
        for text in hostile.into_iter().chain([nested(65)]) {
            let flaw = parse(&text).unwrap_err();
            assert!(flaw.what.contains("deeper than 64"), "{flaw}");
        }
    }

    #[test]
    fn aliases_are_refused_at_their_limit() {
        let aliases = |count: usize| format!("a: &a 1\nb: [{}]", ["*a"].repeat(count).join(", "));
        assert!(parse(&aliases(100)).is_ok());
        let flaw = parse(&aliases(101)).unwrap_err();
        assert!(flaw.what.contains("more than 100 aliases"), "{flaw}");
    }

    #[test]
    fn an_alias_bomb_is_refused_before_it_expands() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..10 {
            let below = format!("*a{}", level - 1);
            let items = [below.as_str()].repeat(9).join(", ");
            writeln!(bomb, "a{level}: &a{level} [{items}]").unwrap();
        }
        let flaw = parse(&bomb).unwrap_err();
        assert!(flaw.what.contains("more than 20000 values"), "{flaw}");
    }

    #[test]
    fn an_alias_of_a_long_text_counts_its_bytes() {
        let text = format!(
            "a: &a {}\nb: [{}]",
            "x".repeat(20_000),
            ["*a"].repeat(90).join(", ")
        );
        let flaw = parse(&text).unwrap_err();
        assert!(flaw.what.contains("bytes of text"), "{flaw}");
    }

    #[test]
    fn values_and_bytes_are_counted() {
        let list = |items: usize| format!("[{}]", "1, ".repeat(items));
        assert!(parse(&list(19_999)).is_ok());
        let flaw = parse(&list(20_000)).unwrap_err();
        assert!(flaw.what.contains("more than 20000 values"), "{flaw}");
        check_refused(
            &format!("# c\na: {}", "x".repeat(1024 * 1024)),
            2,
            1,
            "bytes",
        );
    }

    #[test]
    fn a_file_of_one_document_refuses_a_second() {
        let flaw = parse_document_with_positions("a: 1\n---\nb: 2\n", &Limits::DOCUMENT);
        assert_eq!(flaw.unwrap_err().position.line, 3);
        let empty = parse_document_with_positions("# nothing\n", &Limits::DOCUMENT).unwrap();
        assert_eq!(empty.value, Value::Null);
    }

    #[test]
    fn the_deepest_document_parses_on_the_smallest_thread() {
        let text = format!("{}1{}", "{a: ".repeat(64), "}".repeat(64));
        let parsed = std::thread::Builder::new()
            .stack_size(128 * 1024)
            .spawn(move || parse(&text).is_ok());
        assert!(parsed.unwrap().join().unwrap());
    }
}
