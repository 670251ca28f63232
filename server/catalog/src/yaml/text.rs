//! From bytes to text: what is not UTF-8 text is refused with the place of the first bad byte.

use super::flaw::{Flaw, Position};

const EXPECTED: &str = "a text file in UTF-8";

/// The bytes as text, without a byte order mark.
///
/// # Errors
/// Names the encoding where a byte order mark gives it away, else the first byte that no text
/// has: a NUL or one that is not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, Flaw> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Flaw::new(
            Position::START,
            "the file is UTF-16",
            format!("{EXPECTED}; save it again in that encoding"),
        ));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let what = "the file is binary: it has a NUL byte here";
        return Err(Flaw::new(position_of(bytes, at), what, EXPECTED));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let byte = bytes.get(at).copied().unwrap_or_default();
        let what = format!("byte 0x{byte:02x} is not UTF-8 text");
        Flaw::new(position_of(bytes, at), what, EXPECTED)
    })
}

fn position_of(bytes: &[u8], at: usize) -> Position {
    let before = bytes.get(..at).unwrap_or_default();
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let newlines = before.iter().filter(|byte| **byte == b'\n').count();
    let line = before.get(line_start..).unwrap_or_default();
    let column = String::from_utf8_lossy(line).chars().count();
    Position::new(newlines + 1, column + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(bytes: &[u8], line: u32, column: u32, what: &str) {
        let flaw = decode(bytes).unwrap_err();
        assert_eq!((flaw.position.line, flaw.position.column), (line, column));
        assert!(flaw.what.contains(what), "{}", flaw.what);
    }

    #[test]
    fn text_passes_without_its_byte_order_mark() {
        assert_eq!(decode(b"\xEF\xBB\xBFkind: API\n").unwrap(), "kind: API\n");
        assert_eq!(decode("bølge\r\n".as_bytes()).unwrap(), "bølge\r\n");
    }

    #[test]
    fn what_is_not_text_is_refused_at_its_first_bad_byte() {
        check_refused(b"ok: 1\n\xF8 no", 2, 1, "0xf8");
        check_refused(b"\x7FELF\x02\x01\x01\x00\x00", 1, 8, "binary");
        check_refused(b"\xFF\xFEk\x00", 1, 1, "UTF-16");
    }
}
