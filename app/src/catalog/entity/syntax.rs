//! Colours for YAML and JSON, line by line and by eye: keys, strings, numbers, comments. A line that is
//! not understood is shown plain. What comes out is HTML with everything escaped.

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Yaml,
    Json,
    Plain,
}

impl Syntax {
    /// What an API's definition is written in, from its format and its first letter.
    pub(super) fn of_definition(format: &str, text: &str) -> Self {
        if text.trim_start().starts_with('{') {
            return Self::Json;
        }
        match format.to_ascii_lowercase().as_str() {
            "openapi" | "asyncapi" => Self::Yaml,
            _ => Self::Plain,
        }
    }

    /// One line as HTML.
    pub(super) fn line(self, line: &str) -> String {
        match self {
            Self::Yaml => yaml(line),
            Self::Json => json(line),
            Self::Plain => escape(line),
        }
    }
}

/// Text as HTML.
pub(super) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
    html
}

fn span(class: &str, text: &str) -> String {
    format!("<span class=\"{class}\">{}</span>", escape(text))
}

fn yaml(line: &str) -> String {
    let content = line.trim_start_matches([' ', '-']);
    let (indent, _) = line.split_at(line.len() - content.len());
    if content.starts_with('#') {
        return span("tc", line);
    }
    let end = content
        .find(": ")
        .or_else(|| content.ends_with(':').then(|| content.len() - 1));
    match end.map(|end| content.split_at(end)) {
        Some((key, rest)) if is_key(key) => {
            let value = rest.strip_prefix(':').unwrap_or(rest);
            format!("{}{}:{}", escape(indent), span("tk", key), scalar(value))
        }
        _ => format!("{}{}", escape(indent), scalar(content)),
    }
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && !text.starts_with(['{', '[', '|', '>']) && !text.contains(" #")
}

fn json(line: &str) -> String {
    let content = line.trim_start();
    let (indent, _) = line.split_at(line.len() - content.len());
    match content.split_once("\": ") {
        Some((key, value)) if key.starts_with('"') => {
            format!(
                "{}{}: {}",
                escape(indent),
                span("tk", &format!("{key}\"")),
                scalar(value)
            )
        }
        _ => format!("{}{}", escape(indent), scalar(content)),
    }
}

/// A value with the spaces around it and a comma after it.
fn scalar(text: &str) -> String {
    let value = text.trim().trim_end_matches(',');
    let class = if value.starts_with(['"', '\'']) {
        "ts"
    } else if matches!(value, "true" | "false" | "null") || is_number(value) {
        "tn"
    } else {
        return escape(text);
    };
    match text.split_once(value) {
        Some((before, after)) => {
            format!("{}{}{}", escape(before), span(class, value), escape(after))
        }
        None => escape(text),
    }
}

/// `1`, `-2.5`, `1e-3`. The parser of numbers would bring its tables, which are as large as a page.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = |text: &str| text.strip_prefix(['-', '+']).unwrap_or(text).to_owned();
    let text = unsigned(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = unsigned(exponent);
    whole.len() + fraction.len() > 0
        && !exponent.is_empty()
        && [whole, fraction, &exponent].into_iter().all(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(syntax: Syntax, line: &str, html: &str) {
        assert_eq!(syntax.line(line), html);
    }

    #[test]
    fn yaml_has_keys_strings_numbers_and_comments() {
        check(
            Syntax::Yaml,
            "  - name: web",
            "  - <span class=\"tk\">name</span>: web",
        );
        check(Syntax::Yaml, "spec:", "<span class=\"tk\">spec</span>:");
        check(
            Syntax::Yaml,
            "tier: 1",
            "<span class=\"tk\">tier</span>: <span class=\"tn\">1</span>",
        );
        check(
            Syntax::Yaml,
            "a: 'b'",
            "<span class=\"tk\">a</span>: <span class=\"ts\">'b'</span>",
        );
        check(Syntax::Yaml, "  # why", "<span class=\"tc\">  # why</span>");
        check(Syntax::Yaml, "---", "---");
    }

    #[test]
    fn numbers_are_told_from_words() {
        for number in ["0", "-1", "+2", "2.5", "1.", ".5", "1e9", "1E-3"] {
            assert!(is_number(number), "{number}");
        }
        for word in ["", "-", ".", "e", "1e", "1e-", "--1", "1.2.3", "v1", "1 2"] {
            assert!(!is_number(word), "{word}");
        }
    }

    #[test]
    fn json_has_keys_and_values_with_commas() {
        check(
            Syntax::Json,
            "  \"a\": \"b: c\",",
            "  <span class=\"tk\">&quot;a&quot;</span>: <span class=\"ts\">&quot;b: c&quot;</span>,",
        );
        check(Syntax::Json, "  true,", "  <span class=\"tn\">true</span>,");
        check(Syntax::Json, "{", "{");
    }

    #[test]
    fn nothing_that_is_shown_becomes_markup() {
        for line in [
            "<script>: <b>",
            "# <script>",
            "- \"<i>\"",
            "a: <!--",
            "\"<u>\": \"</span>\"",
            "&lt;: &",
        ] {
            for syntax in [Syntax::Yaml, Syntax::Json, Syntax::Plain] {
                let html = syntax.line(line);
                let shown = html.replace("<span class=\"", "").replace("</span>", "");
                assert!(!shown.contains('<'), "{html}");
                assert!(!html.contains("&lt;: &<"), "{html}");
            }
        }
    }
}
