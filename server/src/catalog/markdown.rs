//! Markdown from catalog files as HTML that is safe to put into a page.

use std::sync::LazyLock;

use ammonia::Builder;
use comrak::Options;

/// GitHub's Markdown, with what it may not contain taken out.
pub(super) fn to_html(markdown: &str) -> String {
    SAFE.clean(&comrak::markdown_to_html(markdown, &OPTIONS))
        .to_string()
}

static OPTIONS: LazyLock<Options<'_>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options
});

/// No images: a description must not make readers' browsers ask strangers.
static SAFE: LazyLock<Builder<'_>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .rm_tags(["img"])
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn markdown_is_rendered() {
        let html = to_html("Keeps **every** letter.\n\n- one\n- [two](https://example.org)");
        assert!(html.contains("<strong>every</strong>"), "{html}");
        assert!(html.contains("<li>one</li>"), "{html}");
        assert!(html.contains("href=\"https://example.org\""), "{html}");
    }

    #[test]
    fn nothing_in_it_runs() {
        let evil = "<script>alert(1)</script> [x](javascript:alert(1)) <b onclick=alert(1)>b</b> \
                    ![i](https://evil.example/p.png) <iframe src=//evil.example></iframe>";
        let html = to_html(evil);
        for part in [
            "<script",
            "href=\"javascript",
            "<b onclick",
            "<img",
            "<iframe",
        ] {
            assert!(!html.contains(part), "{part} in {html}");
        }
    }
}
