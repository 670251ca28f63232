//! Bytes inside a document: one character a byte, so that words stay words and compress with the
//! page's own text.

/// Added to a byte that a document would read as something else than itself.
const AWAY: u16 = 0x100;

/// Bytes as text that may stand in a script element, or in a string of a script.
#[must_use]
pub fn to_text(bytes: &[u8]) -> String {
    bytes.iter().filter_map(|byte| character(*byte)).collect()
}

/// The bytes of such a text.
#[must_use]
pub fn from_text(text: &str) -> Vec<u8> {
    text.chars()
        .filter_map(|character| u8::try_from(u32::from(character) % u32::from(AWAY)).ok())
        .collect()
}

/// Control characters are changed by a parser of HTML; `<` may end the element.
fn character(byte: u8) -> Option<char> {
    let away = byte.is_ascii_control() || byte == b'<';
    let code = u32::from(byte) + if away { u32::from(AWAY) } else { 0 };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::{from_text, to_text};

    #[test]
    fn every_byte_comes_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(from_text(&to_text(&bytes)), bytes);
    }

    #[test]
    fn words_stay_words_and_end_nothing() {
        assert_eq!(to_text(b"\x05hello"), "\u{105}hello");
        assert!(!to_text(b"</script>").contains('<'));
    }
}
