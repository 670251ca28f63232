//! The catalog page's state as a URL: read leniently, written canonically.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::collections::BTreeMap;

use model::catalog::EntityRef;
use model::catalog::page::{CatalogQuery, OwnerFilter, PersonalFilter, Sort, group};
use proptest::prelude::*;

fn read(text: &str) -> CatalogQuery {
    CatalogQuery::from_query_string(text)
}

#[test]
fn addresses_of_backstage_are_read() {
    let query = read(
        "?filters%5Bkind%5D=Component&filters[type]=Service&filters[user]=owned\
         &filters[owners][0]=group:default/squad-aura&filters[owners][1]=squad-maven\
         &filters[owners]=user:ana&filters[tags][]=go&filters[tags]=c%2B%2B\
         &filters[lifecycles]=production&filters[colony]=Accounts+%26+Users\
         &limit=20&offset=40&cursor=abc",
    );
    assert_eq!(query.kind, "component");
    assert_eq!(query.types, ["service"]);
    assert_eq!(query.user, PersonalFilter::Owned);
    assert_eq!(
        query.values(group::OWNERS),
        ["group:squad-aura", "group:squad-maven", "user:ana"]
    );
    assert_eq!(query.tags, ["c++", "go"]);
    assert_eq!(query.lifecycles, ["production"]);
    assert_eq!(query.values("colony"), ["accounts & users"]);
    assert_eq!((query.limit, query.offset), (20, 40));
}

#[test]
fn what_is_written_is_short_and_readable() {
    let query = CatalogQuery::of_kind("Domain")
        .with_values(group::OWNERS, &["squad-aura".into(), "none".into()])
        .with_values("colony", &["group:default/empower".into()])
        .with_sort("owner")
        .with_sort("owner");
    assert_eq!(
        query.href(),
        "/catalog?filters[kind]=domain&filters[owners]=none&filters[owners]=group:squad-aura\
         &filters[colony]=group:default/empower&sort=-owner"
    );
    assert_eq!(CatalogQuery::default().href(), "/catalog");
}

#[test]
fn a_malformed_query_is_read_as_far_as_it_makes_sense() {
    for text in [
        "limit=-1&offset=x&filters[]=a&filters[kind&filters]=b&=&&&%%%&%ff=%fe",
        "filters[kind]=&filters[type]=&filters[owners]=:&filters[owners]=a:/b",
        "sort=-&columns=,,,&filters[kind][x=y]z=1&limit=99999999999999",
    ] {
        assert_eq!(read(text), CatalogQuery::default(), "{text}");
    }
    assert_eq!(read("filters[user]=nobody&filters[type]=a").types, ["a"]);
    assert_eq!(read("limit=0").limit, 1);
    assert_eq!(read("limit=100000").limit, 500);
}

#[test]
fn a_group_named_like_a_special_owner_keeps_its_kind() {
    let none = EntityRef::parse("group:none").unwrap();
    let query = CatalogQuery {
        owners: vec![OwnerFilter::Entity(none.clone()), OwnerFilter::None],
        ..CatalogQuery::default()
    };
    let back = read(&query.to_query_string());
    assert_eq!(back.owners, [OwnerFilter::None, OwnerFilter::Entity(none)]);
}

#[test]
fn toggling_adds_and_takes_away_and_returns_to_the_first_page() {
    let start = CatalogQuery::default().with_offset(100);
    let go = start.clone().with_toggled(group::TAGS, "Go");
    assert_eq!((go.tags.clone(), go.offset), (vec!["go".to_owned()], 0));
    let both = go.with_toggled(group::OWNERS, "group:default/squad-aura");
    assert_eq!(both.chosen().len(), 2);
    let none = both
        .with_toggled(group::OWNERS, "Squad-Aura")
        .with_toggled(group::TAGS, "go");
    assert_eq!(none, start.with_offset(0));
}

#[test]
fn another_kind_drops_what_belonged_to_the_first() {
    let query =
        read("filters[user]=starred&filters[type]=cli&filters[text]=pay&sort=-type&limit=20");
    let other = query.with_kind("API");
    assert_eq!(
        other.href(),
        "/catalog?filters[kind]=api&filters[user]=starred&filters[text]=pay&limit=20"
    );
    assert_eq!(
        other.cleared().href(),
        "/catalog?filters[kind]=api&limit=20"
    );
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop_oneof!["[a-zA-Z&=+%#: /-]{0,8}", any::<String>()], 0..4)
}

fn owners() -> impl Strategy<Value = Vec<OwnerFilter>> {
    let entity = ("[a-z]{1,5}", "[a-z]{1,5}", "[a-zA-Z0-9:/ .&=+-]{1,8}")
        .prop_map(|(kind, namespace, name)| EntityRef::new(&kind, &namespace, &name))
        .prop_filter_map("a ref", |parsed| parsed.ok().map(OwnerFilter::Entity));
    prop::collection::vec(
        prop_oneof![Just(OwnerFilter::None), Just(OwnerFilter::Missing), entity],
        0..4,
    )
}

fn queries() -> impl Strategy<Value = CatalogQuery> {
    let personal = prop_oneof![
        Just(PersonalFilter::All),
        Just(PersonalFilter::Owned),
        Just(PersonalFilter::Starred)
    ];
    let fields = prop::collection::btree_map(any::<String>(), texts(), 0..3);
    let view = (
        any::<String>(),
        any::<bool>(),
        texts(),
        any::<u32>(),
        any::<u32>(),
    );
    (
        ("[a-zA-Z]{0,8}", personal, any::<bool>(), any::<String>()),
        (texts(), owners(), texts(), texts(), texts()),
        fields,
        view,
    )
        .prop_map(|(top, groups, fields, view)| assemble(top, groups, fields, view))
}

type Groups = (
    Vec<String>,
    Vec<OwnerFilter>,
    Vec<String>,
    Vec<String>,
    Vec<String>,
);

fn assemble(
    (kind, user, orphan, text): (String, PersonalFilter, bool, String),
    (types, owners, lifecycles, tags, namespaces): Groups,
    fields: BTreeMap<String, Vec<String>>,
    (column, descending, columns, limit, offset): (String, bool, Vec<String>, u32, u32),
) -> CatalogQuery {
    let sort = Sort { column, descending };
    CatalogQuery {
        kind,
        user,
        types,
        owners,
        lifecycles,
        tags,
        namespaces,
        fields,
        orphan,
        text,
        sort,
        columns,
        limit,
        offset,
    }
    .normalised()
}

proptest! {
    #[test]
    fn every_state_survives_its_url(query in queries()) {
        let text = query.to_query_string();
        prop_assert_eq!(&CatalogQuery::from_query_string(&text), &query, "{}", text);
        prop_assert_eq!(query.clone().normalised(), query);
    }

    #[test]
    fn any_text_is_read_and_its_canonical_form_is_stable(text in any::<String>()) {
        let query = CatalogQuery::from_query_string(&text);
        let again = CatalogQuery::from_query_string(&query.to_query_string());
        prop_assert_eq!(again, query);
    }
}

#[test]
fn what_is_no_text_is_left_out() {
    let of = |query: &str| CatalogQuery::from_query_string(query);
    assert_eq!(of("filters[kind]=%ff%fe"), CatalogQuery::default());
    assert_eq!(of("filters[text]=a%ffb").text, "ab");
}
