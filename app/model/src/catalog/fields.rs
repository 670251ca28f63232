//! The formats of an entity's fields: what is valid, and in words what is expected instead.
//!
//! All classes of characters are ASCII, so lengths in bytes and in UTF-16 units agree.

use super::text::js_trim;

/// A rule for a text and how to say it.
#[derive(Debug)]
pub struct Format {
    /// What the text is, with its article: `a name`.
    pub noun: &'static str,
    /// What a valid one looks like.
    pub expected: &'static str,
    /// Whether the text is valid.
    pub is_valid: fn(&str) -> bool,
}

/// `apiVersion`.
pub const API_VERSION: Format = Format {
    noun: "an apiVersion",
    expected: "a version like backstage.io/v1alpha1: letters and digits, optionally after a \
               lower-case domain and a slash",
    is_valid: is_api_version,
};

/// `kind`.
pub const KIND: Format = Format {
    noun: "a kind",
    expected: "1 to 63 letters and digits starting with a letter, like Component",
    is_valid: is_kind,
};

/// `metadata.name`.
pub const NAME: Format = Format {
    noun: "a name",
    expected: "1 to 63 letters, digits, dashes, underscores or dots, with a letter or digit at \
               both ends, like my-service",
    is_valid: is_name,
};

/// `metadata.namespace`.
pub const NAMESPACE: Format = Format {
    noun: "a namespace",
    expected: "1 to 63 lower-case letters, digits or dashes, with a letter or digit at both \
               ends, like default",
    is_valid: is_namespace,
};

/// A key of `metadata.labels`.
pub const LABEL_KEY: Format = Format {
    noun: "a label key",
    expected: KEY_EXPECTED,
    is_valid: is_label_key,
};

/// A value of `metadata.labels`.
pub const LABEL_VALUE: Format = Format {
    noun: "a label value",
    expected: "nothing, or up to 63 letters, digits, dashes, underscores or dots, with a letter \
               or digit at both ends; free text belongs into an annotation",
    is_valid: is_label_value,
};

/// A key of `metadata.annotations`.
pub const ANNOTATION_KEY: Format = Format {
    noun: "an annotation key",
    expected: KEY_EXPECTED,
    is_valid: is_annotation_key,
};

/// A value of `metadata.annotations`.
pub const ANNOTATION_VALUE: Format = Format {
    noun: "an annotation value",
    expected: "any text",
    is_valid: |_| true,
};

/// An element of `metadata.tags`.
pub const TAG: Format = Format {
    noun: "a tag",
    expected: "1 to 63 lower-case letters, digits, colons, plus or hash signs, words joined by \
               single dashes, like java or c++",
    is_valid: is_tag,
};

/// The address of a link.
pub const LINK_URL: Format = Format {
    noun: "a link address",
    expected: "a complete address like https://example.com/dashboard",
    is_valid: is_url,
};

/// A text that is more than white space.
pub const NON_BLANK: Format = Format {
    noun: "a visible text",
    expected: "a text that is not blank",
    is_valid: is_non_blank,
};

const KEY_EXPECTED: &str = "a key like tier or example.com/tier: up to 63 letters, digits, \
                            dashes, underscores or dots, optionally after a lower-case domain \
                            and one slash";

fn is_alnum(b: u8) -> bool {
    b.is_ascii_alphanumeric()
}

fn is_lower_alnum(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit()
}

/// 1 to `max` bytes of `inner`, with `edge` at both ends.
fn is_run(text: &str, max: usize, edge: fn(u8) -> bool, inner: fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    bytes.len() <= max && edge(*first) && edge(*last) && bytes.iter().all(|b| inner(*b))
}

/// `suffix` or `prefix/suffix`, the prefix being a DNS subdomain.
fn is_prefixed(text: &str, is_suffix: fn(&str) -> bool) -> bool {
    match text.split_once('/') {
        None => is_suffix(text),
        Some((prefix, suffix)) => is_dns_subdomain(prefix) && is_suffix(suffix),
    }
}

/// A DNS label: 1 to 63 lower-case letters, digits and dashes, no dash at either end. Several
/// dashes in a row are fine.
pub fn is_dns_label(text: &str) -> bool {
    is_run(text, 63, is_lower_alnum, |b| is_lower_alnum(b) || b == b'-')
}

/// A DNS subdomain: up to 253 characters, labels joined by dots.
pub fn is_dns_subdomain(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_dns_label)
}

/// `v1`, `backstage.io/v1alpha1`.
pub fn is_api_version(text: &str) -> bool {
    is_prefixed(text, |suffix| is_run(suffix, 63, is_alnum, is_alnum))
}

/// `Component`.
pub fn is_kind(text: &str) -> bool {
    is_run(text, 63, is_alnum, is_alnum) && text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// `My.service_2`.
pub fn is_name(text: &str) -> bool {
    is_run(text, 63, is_alnum, |b| {
        is_alnum(b) || matches!(b, b'-' | b'_' | b'.')
    })
}

/// `default`; a DNS label.
pub fn is_namespace(text: &str) -> bool {
    is_dns_label(text)
}

/// `tier`, `example.com/tier`.
pub fn is_label_key(text: &str) -> bool {
    is_prefixed(text, is_name)
}

/// Empty, or as a name.
pub fn is_label_value(text: &str) -> bool {
    text.is_empty() || is_name(text)
}

/// As a label key.
pub fn is_annotation_key(text: &str) -> bool {
    is_label_key(text)
}

/// `java`, `c++`, `team:payments`, `web-app`.
pub fn is_tag(text: &str) -> bool {
    let is_word = |b: u8| is_lower_alnum(b) || matches!(b, b':' | b'+' | b'#');
    (1..=63).contains(&text.len())
        && text
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(is_word))
}

/// An absolute address with any scheme, by the WHATWG rules that browsers follow.
pub fn is_url(text: &str) -> bool {
    url::Url::parse(text).is_ok()
}

/// Not empty after trimming.
pub fn is_non_blank(text: &str) -> bool {
    !js_trim(text).is_empty()
}
