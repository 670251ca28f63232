//! How wide a text is drawn, near enough to cut it before its box ends. The boxes also clip, so an
//! estimate that is a little off never runs over.

use std::borrow::Cow;

/// The ellipsis of a cut text.
const ELLIPSIS: char = '…';

/// The width in CSS pixels of a text in Inter at a font size in CSS pixels.
pub(super) fn width(text: &str, size: f32) -> f32 {
    text.chars().map(em).sum::<f32>() * size
}

/// The text, cut with an ellipsis where it is wider than the room.
pub(super) fn fitted(text: &str, size: f32, room: f32) -> Cow<'_, str> {
    if width(text, size) <= room {
        return Cow::Borrowed(text);
    }
    let room = room - em(ELLIPSIS) * size;
    let mut used = 0.0;
    let mut cut: String = text
        .chars()
        .take_while(|letter| {
            used += em(*letter) * size;
            used <= room
        })
        .collect();
    cut.truncate(cut.trim_end().len());
    cut.push(ELLIPSIS);
    Cow::Owned(cut)
}

/// The advance of a letter in em, rounded up by class.
fn em(letter: char) -> f32 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.29,
        'f' | 'r' | 't' | '-' | '(' | ')' | '[' | ']' | '/' | ' ' => 0.40,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | ELLIPSIS => 0.92,
        'A'..='Z' | '_' | '&' => 0.72,
        letter if letter.is_ascii() => 0.61,
        _ => 1.05,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_stays_as_it_is() {
        assert_eq!(fitted("dead-letter", 12.5, 120.0), "dead-letter");
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis_inside_its_room() {
        for text in [
            "x".repeat(300),
            "Wm".repeat(80),
            "漢字".repeat(90),
            "a b ".repeat(99),
        ] {
            let cut = fitted(&text, 12.5, 110.0);
            assert!(cut.ends_with('…'), "{cut}");
            assert!(width(&cut, 12.5) <= 110.0, "{cut}");
        }
    }

    #[test]
    fn no_room_leaves_the_ellipsis() {
        assert_eq!(fitted("dead-letter", 12.5, 0.0), "…");
    }
}
