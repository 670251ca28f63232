//! The graph page's state in a URL, with the parameter names that Backstage uses:
//! `rootEntityRefs[]=component:default/a&maxDepth=2`. Reading never fails: what is not understood is left out.

use model::catalog::EntityRef;
use model::catalog::page::pairs;
use model::catalog::text::lower_case;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Direction, GraphQuery};

/// What a value may carry as it is; colons and slashes keep entity refs readable.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'/');

/// More values than this in one list are not read.
const MAX_VALUES: usize = 50;

/// Deeper than this is the same as without a limit: the server's cap is reached long before.
const MAX_DEPTH: u32 = 99;

/// How far a graph goes whose address does not say.
const DEPTH: u32 = 1;

/// The depth that is no limit.
pub const EVERYTHING: &str = "all";

/// What is followed from software for more than one step. Ownership is not: two steps along it lead to
/// everything that the owner has.
const BEYOND_ONE_STEP: [&str; 8] = [
    "dependsOn",
    "dependencyOf",
    "providesApi",
    "apiProvidedBy",
    "consumesApi",
    "apiConsumedBy",
    "partOf",
    "hasPart",
];

impl Default for GraphQuery {
    /// No roots, one step, simplified, opposite relations merged. Backstage's page starts without a
    /// limit; that draws most of the catalog around nearly every root.
    fn default() -> Self {
        Self {
            roots: Vec::new(),
            max_depth: Some(DEPTH),
            kinds: Vec::new(),
            relations: Vec::new(),
            unidirectional: true,
            merge: true,
            direction: Direction::default(),
        }
    }
}

impl GraphQuery {
    /// What a link "open in graph" leads to: this entity and what is so many steps away.
    #[must_use]
    pub fn around(root: &EntityRef, depth: u32) -> Self {
        let relations: &[&str] = match root.kind() {
            "group" => &["parentOf", "childOf"],
            "user" => &["memberOf", "hasMember", "parentOf", "childOf"],
            _ if depth > 1 => &BEYOND_ONE_STEP,
            _ => &[],
        };
        Self {
            roots: vec![root.clone()],
            max_depth: Some(depth),
            relations: relations
                .iter()
                .map(|&relation| relation.to_owned())
                .collect(),
            ..Self::default()
        }
    }

    /// The same graph around another entity.
    #[must_use]
    pub fn with_root(&self, root: &EntityRef) -> Self {
        Self {
            roots: vec![root.clone()],
            ..self.clone()
        }
    }

    /// Reads a query string, with or without its `?`.
    #[must_use]
    pub fn from_query_string(text: &str) -> Self {
        let mut query = Self::default();
        for (key, value) in pairs(text) {
            query.read(&key, value.trim());
        }
        query
    }

    /// The roots in a query string that no reference can be read from, as they stand there.
    #[must_use]
    pub fn unread_roots(text: &str) -> Vec<String> {
        let mut unread = Vec::new();
        for (key, value) in pairs(text) {
            let value = value.trim().to_owned();
            let is_root = list_name(&key) == "rootEntityRefs" && !value.is_empty();
            if is_root && EntityRef::parse(&value).is_err() {
                add(&mut unread, value);
            }
        }
        unread
    }

    /// The shortest query string that reads back as this state, without `?`.
    #[must_use]
    pub fn to_query_string(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        pairs.extend(
            self.roots
                .iter()
                .map(|root| ("rootEntityRefs[]", root.to_string())),
        );
        if self.max_depth != Some(DEPTH) {
            pairs.push(("maxDepth", self.depth_token()));
        }
        pairs.extend(
            self.kinds
                .iter()
                .map(|kind| ("selectedKinds[]", kind.clone())),
        );
        pairs.extend(
            self.relations
                .iter()
                .map(|relation| ("selectedRelations[]", relation.clone())),
        );
        if !self.unidirectional {
            pairs.push(("unidirectional", "false".to_owned()));
        }
        if !self.merge {
            pairs.push(("mergeRelations", "false".to_owned()));
        }
        if self.direction != Direction::default() {
            pairs.push(("direction", self.direction.token().to_owned()));
        }
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(key, value)| format!("{key}={}", utf8_percent_encode(value, VALUE)))
            .collect();
        pairs.join("&")
    }

    /// The page's address with this state.
    #[must_use]
    pub fn href(&self) -> String {
        match self.to_query_string().as_str() {
            "" => "/catalog-graph".to_owned(),
            query => format!("/catalog-graph?{query}"),
        }
    }

    /// The depth as the address says it.
    #[must_use]
    pub fn depth_token(&self) -> String {
        self.max_depth
            .map_or_else(|| EVERYTHING.to_owned(), |depth| depth.to_string())
    }

    fn read(&mut self, key: &str, value: &str) {
        match list_name(key) {
            "rootEntityRefs" => {
                if let Ok(root) = EntityRef::parse(value) {
                    add(&mut self.roots, root);
                }
            }
            "selectedKinds" if !value.is_empty() => add(&mut self.kinds, lower_case(value)),
            "selectedRelations" if !value.is_empty() => {
                add(&mut self.relations, value.to_owned());
            }
            "maxDepth" => self.max_depth = depth(value),
            "unidirectional" => self.unidirectional = flag(value),
            "mergeRelations" => self.merge = flag(value),
            "direction" => self.direction = Direction::from_token(value),
            _ => {}
        }
    }
}

impl Direction {
    /// All four, with what they are called.
    pub const ALL: [(Self, &str); 4] = [
        (Self::LeftRight, "Left to right"),
        (Self::RightLeft, "Right to left"),
        (Self::TopBottom, "Top to bottom"),
        (Self::BottomTop, "Bottom to top"),
    ];

    /// The word in the URL.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::LeftRight => "LR",
            Self::RightLeft => "RL",
            Self::TopBottom => "TB",
            Self::BottomTop => "BT",
        }
    }

    fn from_token(text: &str) -> Self {
        Self::ALL
            .into_iter()
            .map(|(direction, _)| direction)
            .find(|direction| direction.token().eq_ignore_ascii_case(text))
            .unwrap_or_default()
    }
}

/// `a`, `a[]` and `a[0]` all mean `a`.
fn list_name(key: &str) -> &str {
    key.split_once('[').map_or(key, |(name, _)| name)
}

fn add<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if list.len() < MAX_VALUES && !list.contains(&value) {
        list.push(value);
    }
}

/// `all` and Backstage's `∞` are no limit, nonsense is the default; nothing is drawn at depth 0, so the
/// least is 1.
fn depth(text: &str) -> Option<u32> {
    if matches!(text, EVERYTHING | "∞") {
        return None;
    }
    let depth = text.parse().unwrap_or(DEPTH);
    (depth <= MAX_DEPTH).then_some(depth.max(1))
}

fn flag(text: &str) -> bool {
    !matches!(
        text.to_ascii_lowercase().as_str(),
        "false" | "0" | "off" | "no"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(text: &str) -> EntityRef {
        EntityRef::parse(text).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expected: GraphQuery) {
        assert_eq!(GraphQuery::from_query_string(text), expected, "{text}");
        let written = expected.to_query_string();
        assert_eq!(
            GraphQuery::from_query_string(&written),
            expected,
            "{written}"
        );
    }

    #[test]
    fn nothing_is_the_default_page() {
        check("", GraphQuery::default());
        check("?", GraphQuery::default());
        assert_eq!(GraphQuery::default().href(), "/catalog-graph");
    }

    #[test]
    fn every_parameter_of_a_copied_link_is_read() {
        check(
            "?rootEntityRefs%5B%5D=component%3Adefault%2Fa&rootEntityRefs[1]=API:x/B&maxDepth=3\
             &selectedKinds[]=Component&selectedKinds[]=api&selectedRelations%5B%5D=ownedBy\
             &unidirectional=false&mergeRelations=false&direction=TB",
            GraphQuery {
                roots: vec![entity("component:default/a"), entity("api:x/b")],
                max_depth: Some(3),
                kinds: vec!["component".to_owned(), "api".to_owned()],
                relations: vec!["ownedBy".to_owned()],
                unidirectional: false,
                merge: false,
                direction: Direction::TopBottom,
            },
        );
    }

    #[test]
    fn a_form_with_a_hidden_field_before_its_checkbox_is_read_by_its_last_word() {
        check(
            "unidirectional=false&unidirectional=true",
            GraphQuery::default(),
        );
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        check(
            "rootEntityRefs[]=&rootEntityRefs[]=:::&maxDepth=deep&direction=sideways\
             &selectedKinds[]=&curve=smooth&showFilters=true&%FF=%ZZ&=&&",
            GraphQuery::default(),
        );
        check("maxDepth=-1", GraphQuery::default());
        check("maxDepth=4000000000000", GraphQuery::default());
        check("maxDepth=", GraphQuery::default());
    }

    #[test]
    fn what_is_no_reference_is_told_apart_from_what_is() {
        let text = "?rootEntityRefs%5B%5D=nope&rootEntityRefs[]=component:a&rootEntityRefs[]=";
        assert_eq!(GraphQuery::unread_roots(text), ["nope"]);
    }

    #[test]
    fn the_least_depth_is_one_and_is_what_an_address_without_it_means() {
        assert_eq!(GraphQuery::default().max_depth, Some(1));
        check("maxDepth=0", GraphQuery::default());
    }

    #[test]
    fn everything_is_asked_for_by_name() {
        let everything = GraphQuery {
            max_depth: None,
            ..GraphQuery::default()
        };
        assert_eq!(everything.href(), "/catalog-graph?maxDepth=all");
        check("maxDepth=all", everything.clone());
        check("maxDepth=%E2%88%9E", everything.clone());
        check("maxDepth=100", everything);
    }

    #[test]
    fn a_root_is_written_readably_and_only_once() {
        let query = GraphQuery::from_query_string(
            "rootEntityRefs[]=group:a&rootEntityRefs[]=group:default/a",
        );
        assert_eq!(
            query.href(),
            "/catalog-graph?rootEntityRefs[]=group:default/a"
        );
    }

    #[test]
    fn ownership_is_followed_for_one_step_only() {
        let relations = |text, depth| GraphQuery::around(&entity(text), depth).relations;
        assert!(relations("component:a", 1).is_empty());
        assert!(relations("component:a", 2).contains(&"dependsOn".to_owned()));
        assert!(
            !relations("component:a", 2)
                .iter()
                .any(|relation| relation.contains("own"))
        );
        assert_eq!(relations("group:a", 1), ["parentOf", "childOf"]);
    }

    #[test]
    fn a_name_with_separators_survives() {
        let query = GraphQuery::around(&entity("component:default/a&b=c d%"), 2);
        check(&query.to_query_string(), query);
    }
}
