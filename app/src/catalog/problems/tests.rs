//! What a reader of the page notices.

use leptos::prelude::*;

use super::*;
use crate::catalog::types::{FileProblems, ProblemView};

fn problem(is_error: bool, line: u32, message: &str) -> ProblemView {
    ProblemView {
        is_error,
        message: message.to_owned(),
        expected: "a name".to_owned(),
        file: "demo/catalog/broken.yaml".to_owned(),
        line: Some(line),
        column: Some(3),
        href: None,
        entity: None,
    }
}

fn html(shown: Shown) -> String {
    let list = ProblemList {
        files: vec![FileProblems {
            file: "demo/catalog/broken.yaml".to_owned(),
            problems: vec![
                problem(false, 2, "the owner does not exist"),
                problem(true, 9, "the name <script>alert(1)</script> is not valid"),
            ],
        }],
        errors: 1,
        warnings: 1,
    };
    Owner::new().with(|| listed(list, shown).to_html())
}

#[test]
fn errors_come_first_with_their_place_and_are_escaped() {
    let html = html(Shown::All);
    let error = html.find("&lt;script&gt;alert(1)").unwrap();
    let warning = html.find("the owner does not exist").unwrap();
    assert!(error < warning);
    assert!(!html.contains("<script>"));
    assert!(html.contains("broken.yaml:9:3"));
    assert!(html.replace("<!>", "").contains(">2 problems<"), "{html}");
}

#[test]
fn the_severity_of_the_address_narrows_the_list() {
    assert_eq!(Shown::from_query(Some("error".to_owned())), Shown::Errors);
    assert_eq!(Shown::from_query(Some("nonsense".to_owned())), Shown::All);
    let html = html(Shown::Warnings);
    assert!(html.contains("the owner does not exist"));
    assert!(!html.contains("is not valid"));
}
