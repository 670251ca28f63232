//! Text as the contract sees it: trimming, ordering and script detection with JavaScript's
//! meaning, because refs, tags and sorted arrays were defined by a JavaScript implementation.

use std::cmp::Ordering;

/// What ECMAScript's `String.prototype.trim` removes: its white space and line terminators.
/// Unlike Rust's `char::is_whitespace` it has U+FEFF and lacks U+0085.
fn is_js_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

/// Trims as JavaScript does.
pub fn js_trim(text: &str) -> &str {
    text.trim_matches(is_js_space)
}

/// Orders by UTF-16 code units, as a plain JavaScript sort does. Differs from Rust's order only
/// where one text has a character above U+FFFF and the other one in U+E000..=U+FFFF.
pub fn utf16_cmp(a: &str, b: &str) -> Ordering {
    if a.is_ascii() || b.is_ascii() {
        return a.cmp(b);
    }
    a.encode_utf16().cmp(b.encode_utf16())
}

/// Whether a browser would run the text as a `javascript:` address: leading control characters
/// and spaces are skipped, tabs and line ends may hide between the letters, case is ignored.
pub fn is_script_url(text: &str) -> bool {
    let mut rest = text.trim_start_matches(|c: char| c <= ' ').chars();
    for wanted in "javascript:".chars() {
        let next = rest.find(|c| !matches!(c, '\r' | '\n' | '\t'));
        if next.map(|c| c.to_ascii_lowercase()) != Some(wanted) {
            return false;
        }
    }
    true
}

/// Whether a page may render the text as a link: an absolute address with a scheme that cannot
/// run code in the page's origin. Tabs, line ends and case do not fool it.
pub fn is_safe_link(text: &str) -> bool {
    const RUNS_CODE: [&str; 4] = ["javascript", "data", "vbscript", "blob"];
    let bare: String = text
        .trim_start_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\r' | '\n' | '\t'))
        .take_while(|c| *c != ':')
        .collect();
    let is_scheme = text.contains(':')
        && bare.starts_with(|c: char| c.is_ascii_alphabetic())
        && bare
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme && !RUNS_CODE.contains(&bare.to_ascii_lowercase().as_str())
}

/// Lower case, as JavaScript's `toLowerCase` and Rust's `to_lowercase` agree on it. In a browser its
/// own tables are used: ours would weigh as much as a page.
#[must_use]
pub fn lower_case(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        case::lower(text)
    }
}

/// Upper case, as JavaScript's `toUpperCase` and Rust's `to_uppercase` agree on it.
#[must_use]
pub fn upper_case(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_uppercase()
    } else {
        case::upper(text)
    }
}

/// With a capital first letter: `service` becomes `Service`.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => upper_case(first.encode_utf8(&mut [0; 4])) + letters.as_str(),
        None => String::new(),
    }
}

#[cfg(target_arch = "wasm32")]
mod case {
    use js_sys::JsString;

    pub(super) fn lower(text: &str) -> String {
        JsString::from(text).to_lower_case().into()
    }

    pub(super) fn upper(text: &str) -> String {
        JsString::from(text).to_upper_case().into()
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod case {
    pub(super) fn lower(text: &str) -> String {
        text.to_lowercase()
    }

    pub(super) fn upper(text: &str) -> String {
        text.to_uppercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_what_javascript_trims() {
        assert_eq!(js_trim("\u{feff}\u{a0} a \n"), "a");
        assert_eq!(js_trim("\u{85}a"), "\u{85}a");
    }

    #[test]
    fn sorts_by_utf16_code_units() {
        assert_eq!(utf16_cmp("\u{1f600}", "\u{ff5e}"), Ordering::Less);
        assert_eq!("\u{1f600}".cmp("\u{ff5e}"), Ordering::Greater);
        assert_eq!(utf16_cmp("a", "\u{1f600}"), Ordering::Less);
    }

    #[test]
    fn sees_through_disguised_scripts() {
        for text in ["javascript:x", "JavaScript:x", " \u{1}java\tscr\nipt\r:x"] {
            assert!(is_script_url(text), "{text:?}");
            assert!(!is_safe_link(text), "{text:?}");
        }
        for text in ["java script:x", "javascript", "https://x/javascript:", ""] {
            assert!(!is_script_url(text), "{text:?}");
        }
    }

    #[test]
    fn links_need_a_harmless_scheme() {
        for text in ["https://x", "mailto:a@b", "a:b", "slack://channel?id=1"] {
            assert!(is_safe_link(text), "{text:?}");
        }
        for text in ["x", "//x", "/x:y", "DATA:text/html,x", "vbscript:x", ":x"] {
            assert!(!is_safe_link(text), "{text:?}");
        }
    }
}
