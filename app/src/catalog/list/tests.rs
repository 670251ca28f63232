//! The list as it leaves the server, given what the catalog says.

mod sample;

use std::sync::Arc;

use leptos::prelude::*;
use model::catalog::page::{CatalogPage, CatalogQuery};

use self::sample::{page, reference, row};
use super::content;
use super::search::TextFilter;
use super::words::{caption, found, heading, number, title};
use crate::boot::{Boot, BootUser};

/// The HTML without the marks that hydration finds text by.
fn shown_to(user: Option<BootUser>, page: &CatalogPage) -> String {
    Owner::new().with(|| {
        let boot = Boot {
            user,
            ..Boot::default()
        };
        let (mut parts, ()) = http::Request::new(()).into_parts();
        parts.extensions.insert(Arc::new(boot));
        provide_context(parts);
        content(page, TextFilter::new())
            .to_html()
            .replace("<!>", "")
    })
}

fn shown(page: &CatalogPage) -> String {
    shown_to(None, page)
}

fn aura() -> Option<BootUser> {
    Some(BootUser {
        user: reference("user:runa", "Runa Holmvik", true),
        groups: vec![reference("group:squad-aura", "Squad Aura", true)],
    })
}

fn has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "no {part} in {html}");
    }
}

fn lacks(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(!html.contains(part), "{part} in {html}");
    }
}

#[test]
fn the_title_says_whose_and_which() {
    let of = |query: &str| title(&CatalogQuery::from_query_string(query));
    assert_eq!(of(""), "All components");
    assert_eq!(of("filters[kind]=domain"), "All domains");
    assert_eq!(of("filters[kind]=api"), "All APIs");
    assert_eq!(of("filters[kind]=all"), "All entities");
    assert_eq!(
        of("filters[user]=owned&filters[type]=service"),
        "Owned service components"
    );
    assert_eq!(
        of("filters[user]=starred&filters[type]=a&filters[type]=b"),
        "Starred components"
    );
    assert_eq!(of("?filters%5Bkind%5D=system"), "All systems");
}

#[test]
fn words_are_as_people_write_them() {
    assert_eq!(heading("all"), "Entities");
    assert_eq!(heading("api"), "APIs");
    assert_eq!(number(999), "999");
    assert_eq!(number(1304), "1,304");
    assert_eq!(number(1_000_007), "1,000,007");
    let page = page("filters[kind]=domain&sort=-owner", Vec::new(), 72);
    assert_eq!(found(&page), "72 of 1,304 domains");
    assert_eq!(caption(&page), "All domains, sorted by owner, descending");
}

#[test]
fn a_row_is_one_link_with_its_facts_and_actions() {
    let html = shown(&page(
        "filters[kind]=domain",
        vec![row("Async Messaging")],
        1,
    ));
    has(
        &html,
        &[
            "<h1 class=\"phead__title\">All domains <span class=\"phead__count\">(1)</span></h1>",
            "href=\"/catalog/default/domain/async-messaging\" title=\"Async Messaging\" class=\"rowlink\"",
            "Dead lettering, deferred messages",
            "Tier 1",
            "Squad Aura",
            "href=\"/catalog/default/domain/async-messaging/source\"",
            "aria-label=\"Edit Async Messaging\"",
            "aria-label=\"Star Async Messaging\"",
        ],
    );
    lacks(&html, &["style=", "<script"]);
}

#[test]
fn an_entity_without_an_edit_url_has_no_edit() {
    let mut entity = row("Async Messaging");
    entity.edit_url = None;
    lacks(
        &shown(&page("filters[kind]=domain", vec![entity], 1)),
        &["aria-label=\"Edit"],
    );
}

#[test]
fn the_sorted_column_says_so_and_turns_around() {
    let sorted = |query: &str| shown(&page(query, vec![row("A")], 1));
    let html = sorted("filters[kind]=domain");
    assert_eq!(html.matches("aria-sort=").count(), 1, "{html}");
    has(
        &html,
        &[
            "aria-sort=\"ascending\"",
            "href=\"/catalog?filters[kind]=domain&amp;sort=-name\"",
        ],
    );
    let html = sorted("filters[kind]=domain&sort=-tier");
    assert_eq!(html.matches("aria-sort=").count(), 1, "{html}");
    has(
        &html,
        &[
            "aria-sort=\"descending\"",
            "href=\"/catalog?filters[kind]=domain&amp;sort=tier\"",
        ],
    );
}

#[test]
fn a_value_is_a_link_that_adds_it_or_takes_it_away() {
    let html = shown(&page(
        "filters[kind]=domain&filters[tier]=1&offset=50",
        vec![row("A")],
        60,
    ));
    has(
        &html,
        &[
            "href=\"/catalog?filters[kind]=domain\" aria-current=\"true\" title=\"Tier 1\"",
            "href=\"/catalog?filters[kind]=domain&amp;filters[tier]=1&amp;filters[tier]=2\" title=\"Tier 2\"",
            "href=\"/catalog?filters[kind]=domain\" aria-label=\"Remove filter: Tier is Tier 1\"",
            "60 of 1,304 domains",
            ">Clear<",
        ],
    );
}

#[test]
fn a_long_group_keeps_the_rest_behind_more_and_opens_for_what_is_chosen() {
    let html = shown(&page("filters[kind]=domain", vec![row("A")], 1));
    has(&html, &["4 more", "<details class=\"fmorebox\">"]);
    let html = shown(&page(
        "filters[kind]=domain&filters[owners]=squad-11",
        vec![row("A")],
        1,
    ));
    has(
        &html,
        &[
            "<details open class=\"fmorebox\">",
            "Remove filter: Owner is Squad 11",
        ],
    );
}

#[test]
fn whose_list_is_a_link_even_while_it_is_empty() {
    let page = page("filters[kind]=domain", vec![row("A")], 1);
    let html = shown_to(aura(), &page);
    has(
        &html,
        &[
            "href=\"/catalog?filters[kind]=domain&amp;filters[user]=owned\"",
            "href=\"/catalog?filters[kind]=domain&amp;filters[user]=starred\"",
        ],
    );
    lacks(&html, &["aria-disabled"]);
    has(
        &shown(&page),
        &["filters[user]=starred", "filters[user]=owned"],
    );
}

#[test]
fn forms_carry_the_rest_of_the_state() {
    let html = shown(&page(
        "filters[kind]=domain&filters[tier]=1&filters[text]=a%26b&limit=20",
        vec![row("A")],
        1,
    ));
    let search = html.split("role=\"search\"").nth(1).unwrap();
    let search = search.split("</form>").next().unwrap();
    has(
        search,
        &[
            "name=\"filters[kind]\" value=\"domain\"",
            "name=\"filters[tier]\" value=\"1\"",
            "name=\"limit\" value=\"20\"",
            "name=\"filters[text]\" value=\"a&amp;b\"",
        ],
    );
    assert_eq!(search.matches("filters[text]").count(), 1, "{search}");
}

#[test]
fn an_export_asks_for_the_same_list() {
    let html = shown(&page(
        "filters[kind]=domain&filters[tier]=1",
        vec![row("A")],
        1,
    ));
    for format in ["csv", "json"] {
        has(
            &html,
            &[&format!(
                "href=\"/catalog/export.{format}?filters[kind]=domain&amp;filters[tier]=1\" rel=\"external\" download=\"catalog.{format}\""
            )],
        );
    }
}

#[test]
fn pages_lead_on_and_back() {
    let rows = || (0..20).map(|_| row("A")).collect();
    let html = shown(&page(
        "filters[kind]=domain&limit=20&offset=20",
        rows(),
        1091,
    ));
    has(
        &html,
        &[
            "21–40 of 1,091",
            "href=\"/catalog?filters[kind]=domain&amp;limit=20\" rel=\"prev\"",
            "href=\"/catalog?filters[kind]=domain&amp;limit=20&amp;offset=40\" rel=\"next\"",
            "href=\"/catalog?filters[kind]=domain&amp;limit=100\"",
        ],
    );
    lacks(
        &shown(&page("filters[kind]=domain", vec![row("A")], 1)),
        &["aria-label=\"Pages\""],
    );
}

#[test]
fn chosen_columns_are_all_there() {
    let html = shown(&page(
        "filters[kind]=domain&columns=namespace,owner",
        vec![row("A")],
        1,
    ));
    has(
        &html,
        &["sort=namespace", "tablebox--scroll", ">The usual ones<"],
    );
    lacks(&html, &["sort=tier", "rowdesc"]);
}

#[test]
fn text_from_catalog_files_is_never_markup() {
    let evil = "<script>alert(1)</script>\"'";
    let mut entity = row(evil);
    entity.description = Some(evil.to_owned());
    entity.tags = vec![evil.to_owned()];
    entity.owners = vec![reference("group:gone", evil, false)];
    let mut page = page(
        "filters[kind]=domain&columns=description,tags,owner,tier&filters[text]=%3Cscript%3E",
        vec![entity],
        1,
    );
    for value in page.facets.iter_mut().flat_map(|group| &mut group.values) {
        value.label = evil.to_owned();
    }
    lacks(&shown(&page), &["<script"]);
    page.rows.clear();
    page.total = 0;
    lacks(&shown(&page), &["<script"]);
}

#[test]
fn without_a_match_the_filters_are_named() {
    let html = shown(&page(
        "filters[kind]=domain&filters[tier]=1&filters[text]=ghost",
        Vec::new(),
        0,
    ));
    has(
        &html,
        &[
            "Domains <span class=\"phead__count\">(0 of 1,304)</span>",
            "No domains match",
            "Asked for: Tier is Tier 1; Text has ghost.",
            "Clear filters",
            "Remove filter: Text has ghost",
        ],
    );
    lacks(&html, &["<table", "Keyboard hints"]);
}

#[test]
fn a_long_text_is_repeated_by_its_beginning() {
    let query = format!("filters[text]={}", "a".repeat(200));
    let html = shown(&page(&query, Vec::new(), 0));
    has(
        &html,
        &[&format!("Asked for: Text has {}….", "a".repeat(80))],
    );
}

#[test]
fn every_empty_list_says_why() {
    let empty = |query: &str| page(query, Vec::new(), 0);
    has(
        &shown(&empty("filters[user]=owned")),
        &[
            "Sign in to see what you own",
            "href=\"/sign-in?next=%2Fcatalog%3Ffilters%5Buser%5D%3Downed\"",
        ],
    );
    has(
        &shown(&empty("filters[user]=starred")),
        &["Sign in to see your stars"],
    );
    has(
        &shown_to(aura(), &empty("filters[user]=owned")),
        &["You own no components", "All components"],
    );
    has(
        &shown_to(aura(), &empty("filters[user]=starred")),
        &["No stars yet"],
    );
    lacks(
        &shown_to(aura(), &empty("filters[user]=starred")),
        &[">Clear<"],
    );
    has(
        &shown_to(aura(), &empty("filters[user]=starred&filters[tier]=1")),
        &["None of your starred components match"],
    );
    has(
        &shown(&page("offset=200", Vec::new(), 91)),
        &["The list ends before this page", "href=\"/catalog\""],
    );
    let mut none = empty("filters[kind]=template");
    none.total_of_kind = 0;
    has(&shown(&none), &["No templates yet"]);
    none.query.kind = "nosuch".to_owned();
    let html = shown(&none);
    has(
        &html,
        &[
            "Unknown kind",
            "“nosuch”",
            "href=\"/catalog?filters[kind]=domain\"",
        ],
    );
    lacks(&html, &["All nosuchs"]);
    // The kind asked for is listed, though nothing is of it.
    none.kinds.iter_mut().for_each(|kind| kind.count = 0);
    has(&shown(&none), &["The catalog is empty"]);
    none.kinds.clear();
    has(
        &shown(&none),
        &["The catalog is empty", "href=\"/problems\""],
    );
}

#[test]
fn a_page_travels_as_it_is() {
    let page = page("", vec![row("Async Messaging")], 1);
    let bytes = crate::wire::encode(&page).unwrap();
    assert_eq!(crate::wire::decode(&bytes), Ok(page));
}
