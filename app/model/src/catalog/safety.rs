//! Addresses in entities that would run code in the reader's browser. They are warnings: the
//! contract accepts such entities, no page renders such a link.

use serde_json::Value;

use super::problem::{JsonPath, Problem};
use super::shape::quoted;
use super::text::{is_safe_link, is_script_url};
use super::view::EntityView;
use super::well_known::{EDIT_URL, VIEW_URL};

/// Adds a warning for every link and source address that is not shown.
pub(crate) fn check(entity: &Value, problems: &mut Vec<Problem>) {
    let view = EntityView(entity);
    let links = view.at(&["metadata", "links"]).and_then(Value::as_array);
    for (index, link) in links.into_iter().flatten().enumerate() {
        let path = JsonPath::of(["metadata", "links"]).index(index).key("url");
        let url = link.get("url").and_then(Value::as_str).unwrap_or_default();
        if !is_safe_link(url) && super::fields::is_url(url) {
            problems.push(refused(path, url));
        }
    }
    for key in [VIEW_URL, EDIT_URL] {
        let url = view.annotation(key).unwrap_or_default();
        if is_script_url(url) {
            problems.push(refused(JsonPath::of(["metadata", "annotations", key]), url));
        }
    }
}

fn refused(path: JsonPath, url: &str) -> Problem {
    Problem::warning(
        path,
        format!(
            "{} could run code in a reader's browser and is not shown",
            quoted(url)
        ),
        "an address like https://example.com",
    )
}
