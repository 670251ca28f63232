//! What became of an entity, for its page.

use app::catalog::types::{ChangedLine, FieldChangeView, History, RevisionEvent, RevisionView};
use catalog::store::Revision;
use chrono::SecondsFormat;
use model::catalog::changes::{FieldChange, field_changes};
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use super::place::Base;

/// Revisions a page.
pub(super) const PAGE: u32 = 20;
/// Lines around one that differs.
const AROUND: usize = 2;
/// Lines that are shown of one field, at most.
const LINES: usize = 200;
/// From so many characters on, a text is shown by lines.
const LONG: usize = 300;

/// The page of revisions that were read, newest first: one more than a page, where there is one,
/// tells what the last has changed.
pub(super) fn history(revisions: &[Revision]) -> History {
    let shown = revisions.len().min(PAGE as usize);
    let read: Vec<Read<'_>> = revisions.iter().map(Read::of).collect();
    let pairs = read.iter().enumerate().take(shown);
    let views = pairs.map(|(at, own)| revision(own, read.get(at + 1)));
    let last = revisions.get(shown.saturating_sub(1));
    let earlier = last.filter(|_| revisions.len() > shown);
    History {
        revisions: views.collect(),
        earlier: earlier.map(|revision| revision.number),
    }
}

/// A revision with its body.
struct Read<'r> {
    revision: &'r Revision,
    body: Option<Value>,
}

impl<'r> Read<'r> {
    fn of(revision: &'r Revision) -> Self {
        let body = revision.body.as_deref();
        Self {
            revision,
            body: body.and_then(|body| serde_json::from_str(body).ok()),
        }
    }
}

fn revision(own: &Read<'_>, before: Option<&Read<'_>>) -> RevisionView {
    let bodies = own
        .body
        .as_ref()
        .zip(before.and_then(|before| before.body.as_ref()));
    let (own, before) = (own.revision, before.map(|before| before.revision));
    let event = match (&own.body, before.map(|before| &before.body)) {
        (None, _) => RevisionEvent::Ended,
        (Some(_), None) => RevisionEvent::Appeared,
        (Some(_), Some(None)) => RevisionEvent::Returned,
        (Some(_), Some(Some(_))) => RevisionEvent::Changed,
    };
    let place = |revision: &Revision| Base::of(&revision.origin).shown(&revision.location);
    let moved = before.filter(|before| before.location != own.location);
    let changes = bodies.map(|(after, before)| field_changes(before, after));
    RevisionView {
        number: own.number,
        at: own.at.to_rfc3339_opts(SecondsFormat::Secs, true),
        event,
        changes: changes
            .unwrap_or_default()
            .into_iter()
            .map(change)
            .collect(),
        file: place(own),
        moved_from: moved.map(place),
        commit: own.commit.clone(),
        author: own.author.clone(),
    }
}

fn change(change: FieldChange) -> FieldChangeView {
    let is_long = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or_default();
        text.len() > LONG || text.trim_end().contains('\n')
    };
    let path = change.path.dotted();
    if is_long(&change.before) || is_long(&change.after) {
        return FieldChangeView {
            path,
            before: None,
            after: None,
            lines: lines(
                change.before.as_deref().unwrap_or_default(),
                change.after.as_deref().unwrap_or_default(),
            ),
        };
    }
    FieldChangeView {
        path,
        before: change.before,
        after: change.after,
        lines: Vec::new(),
    }
}

fn lines(before: &str, after: &str) -> Vec<ChangedLine> {
    let diff = TextDiff::from_lines(before, after);
    let gap = || ChangedLine {
        sign: '…',
        text: String::new(),
    };
    let mut lines = Vec::new();
    for (at, group) in diff.grouped_ops(AROUND).iter().enumerate() {
        lines.extend((at > 0).then(gap));
        for part in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match part.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let text = part.value().trim_end_matches(['\n', '\r']).to_owned();
            lines.push(ChangedLine { sign, text });
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines.push(gap());
    }
    lines
}

#[cfg(test)]
mod tests {
    use catalog::store::Operation;
    use chrono::{TimeZone, Utc};
    use serde_json::json;

    use super::*;

    fn stored(number: i64, body: Option<&Value>) -> Revision {
        Revision {
            seq: number,
            number,
            op: if body.is_some() {
                Operation::Put
            } else {
                Operation::Delete
            },
            body: body.map(|body| body.to_string().into()),
            etag: None,
            location: "file:/srv/demo/a.yaml".to_owned(),
            origin: "file:/srv/demo/all.yaml".to_owned(),
            commit: None,
            author: None,
            at: Utc.timestamp_opt(number * 60, 0).unwrap(),
        }
    }

    #[test]
    fn each_revision_says_what_it_changed() {
        let (first, second) = (
            json!({"spec": {"owner": "a"}}),
            json!({"spec": {"owner": "b"}}),
        );
        let stored = [
            stored(4, Some(&second)),
            stored(3, None),
            stored(2, Some(&second)),
            stored(1, Some(&first)),
        ];
        let history = history(&stored);
        let events: Vec<_> = history.revisions.iter().map(|own| own.event).collect();
        assert_eq!(
            events,
            [
                RevisionEvent::Returned,
                RevisionEvent::Ended,
                RevisionEvent::Changed,
                RevisionEvent::Appeared,
            ]
        );
        let [change] = history.revisions[2].changes.as_slice() else {
            panic!("{history:?}");
        };
        assert_eq!(change.path, "spec.owner");
        assert_eq!(
            change.before.as_deref().zip(change.after.as_deref()),
            Some(("a", "b"))
        );
        assert_eq!(
            (history.revisions[0].at.as_str(), history.earlier),
            ("1970-01-01T00:04:00Z", None)
        );
    }

    #[test]
    fn a_page_ends_where_the_next_begins() {
        let body = json!({"spec": {}});
        let stored: Vec<Revision> = (1..=21)
            .rev()
            .map(|number| stored(number, Some(&body)))
            .collect();
        let history = history(&stored);
        assert_eq!(history.revisions.len(), 20);
        assert_eq!(history.earlier, Some(2));
        assert_eq!(
            history.revisions[19].event,
            RevisionEvent::Changed,
            "the next page has another"
        );
    }

    #[test]
    fn of_long_texts_only_the_lines_around_a_change_are_shown() {
        let text = |middle: &str| {
            let lines: Vec<String> = (0..40).map(|line| format!("line {line}")).collect();
            lines.join("\n").replace("line 20", middle)
        };
        let signs: String = lines(&text("old"), &text("new"))
            .iter()
            .map(|line| line.sign)
            .collect();
        assert_eq!(signs, "  -+  ");
        let many = lines("", &"x\n".repeat(1000));
        assert_eq!((many.len(), many[LINES].sign), (LINES + 1, '…'));
    }
}
