//! What an entity page's address says: which entity, which tab, and the tab's own parameters.
//! Reading never fails: a parameter that is not understood has its default.

use leptos_router::params::ParamsMap;
use model::catalog::EntityRef;
use model::catalog::page::pairs;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::tab::Tab;
use crate::catalog::types::{Members, MembersQuery, SourceFormat};

/// The deepest graph on an entity's page; the graph page goes further.
pub(super) const MAX_DEPTH: u32 = 3;

/// An entity page's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Which entity; nothing where the path cannot name one.
    pub entity_ref: Option<EntityRef>,
    /// The name as it stands in the path, for saying that it was not found.
    pub asked: String,
    /// Which tab; nothing where no tab has this name.
    pub tab: Option<Tab>,
    /// The query string without `?`.
    pub search: String,
}

impl Address {
    /// Reads the route's parts and the query string.
    pub(super) fn read(params: &ParamsMap, search: &str) -> Self {
        let part = |name| params.get(name).unwrap_or_default();
        let (namespace, kind, name) = (part("namespace"), part("kind"), part("name"));
        Self {
            entity_ref: EntityRef::new(&kind, &namespace, &name).ok(),
            asked: format!("{kind}:{namespace}/{name}"),
            tab: Tab::from_segment(&part("tab")),
            search: search.strip_prefix('?').unwrap_or(search).to_owned(),
        }
    }

    /// The entity's kind, lower-case.
    pub(super) fn kind(&self) -> &str {
        self.entity_ref.as_ref().map_or("", EntityRef::kind)
    }

    /// The overview's parameters.
    pub(super) fn overview(&self) -> OverviewQuery {
        let depth = self
            .value("depth")
            .and_then(|depth| depth.parse().ok())
            .unwrap_or(1);
        let aggregated = match self.value("relations").as_deref() {
            Some("aggregated") => true,
            Some("direct") => false,
            _ => self.kind() == "user",
        };
        OverviewQuery {
            depth: u32::clamp(depth, 1, MAX_DEPTH),
            aggregated,
            aggregated_by_default: self.kind() == "user",
        }
    }

    /// `format` of the source tab.
    pub(super) fn format(&self) -> SourceFormat {
        match self.value("format").as_deref() {
            Some("json") => SourceFormat::Json,
            Some("file") => SourceFormat::File,
            _ => SourceFormat::Yaml,
        }
    }

    /// What the members tab shows; on other tabs the first direct members.
    pub(super) fn members(&self, group: EntityRef) -> MembersQuery {
        if self.tab != Some(Tab::Members) {
            return MembersQuery {
                group,
                all: false,
                text: String::new(),
                offset: 0,
            };
        }
        let offset: u32 = self
            .value("offset")
            .and_then(|offset| offset.parse().ok())
            .unwrap_or(0);
        MembersQuery {
            group,
            all: self.value("all").as_deref() == Some("true"),
            text: self.value("q").unwrap_or_default().trim().to_owned(),
            offset: offset - offset % Members::PAGE,
        }
    }

    /// `before` of the history tab: the number of a revision.
    pub(super) fn before(&self) -> Option<i64> {
        self.value("before")?.parse().ok()
    }

    /// The last value of a parameter.
    fn value(&self, name: &str) -> Option<String> {
        let mut last = pairs(&self.search).rev();
        last.find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// The overview's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OverviewQuery {
    /// `depth` of the relations graph, 1..=[`MAX_DEPTH`].
    pub depth: u32,
    /// `relations=aggregated`: what descendant groups own counts too.
    pub aggregated: bool,
    /// What is meant where the address says nothing.
    pub aggregated_by_default: bool,
}

impl OverviewQuery {
    /// The overview's address with this state, given the page's path.
    pub(super) fn href(self, page: &str) -> String {
        let mut parts = Vec::new();
        if self.depth != 1 {
            parts.push(format!("depth={}", self.depth));
        }
        if self.aggregated != self.aggregated_by_default {
            let word = if self.aggregated {
                "aggregated"
            } else {
                "direct"
            };
            parts.push(format!("relations={word}"));
        }
        with_query(page, &parts)
    }
}

/// The members tab's address, given the page's path.
pub(super) fn members_href(page: &str, query: &MembersQuery) -> String {
    let mut parts = Vec::new();
    if !query.text.is_empty() {
        parts.push(format!(
            "q={}",
            utf8_percent_encode(&query.text, NON_ALPHANUMERIC)
        ));
    }
    if query.all {
        parts.push("all=true".to_owned());
    }
    if query.offset > 0 {
        parts.push(format!("offset={}", query.offset));
    }
    with_query(&Tab::Members.href(page), &parts)
}

/// The source tab's address, given the page's path.
pub(super) fn source_href(page: &str, format: SourceFormat) -> String {
    let word = match format {
        SourceFormat::Yaml => return Tab::Source.href(page),
        SourceFormat::Json => "json",
        SourceFormat::File => "file",
    };
    with_query(&Tab::Source.href(page), &[format!("format={word}")])
}

/// The address of what became of the entity before a revision, given the page's path.
pub(super) fn history_href(page: &str, before: i64) -> String {
    with_query(&Tab::History.href(page), &[format!("before={before}")])
}

fn with_query(path: &str, parts: &[String]) -> String {
    if parts.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", parts.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(kind: &str, tab: &str, search: &str) -> Address {
        let params = [
            ("namespace", "default"),
            ("kind", kind),
            ("name", "a"),
            ("tab", tab),
        ];
        Address::read(
            &params
                .into_iter()
                .map(|(key, value)| (key, value.to_owned()))
                .collect(),
            search,
        )
    }

    #[test]
    fn a_path_names_an_entity_and_a_tab() {
        let read = address("Component", "relations", "");
        assert_eq!(read.entity_ref.unwrap().as_str(), "component:default/a");
        assert_eq!(read.tab, Some(Tab::Relations));
        assert_eq!(address("component", "", "").tab, Some(Tab::Overview));
        assert_eq!(address("component", "nonsense", "").tab, None);
    }

    #[test]
    fn a_path_that_cannot_name_an_entity_is_remembered_in_words() {
        let read = address("comp:onent", "", "");
        assert_eq!(
            (read.entity_ref, read.asked.as_str()),
            (None, "comp:onent:default/a")
        );
    }

    #[test]
    fn a_user_is_shown_with_the_groups_and_a_group_alone() {
        assert!(address("user", "", "").overview().aggregated);
        assert!(!address("group", "", "relations=what").overview().aggregated);
        assert!(
            address("group", "", "relations=aggregated")
                .overview()
                .aggregated
        );
        assert!(
            !address("user", "", "relations=direct")
                .overview()
                .aggregated
        );
    }

    #[test]
    fn the_overview_reads_back_what_it_writes() {
        for (kind, search) in [
            ("group", ""),
            ("group", "depth=3&relations=aggregated"),
            ("user", "relations=direct"),
        ] {
            let query = address(kind, "", search).overview();
            assert_eq!(
                query
                    .href("/p")
                    .trim_start_matches("/p")
                    .trim_start_matches('?'),
                search
            );
        }
    }

    #[test]
    fn nonsense_in_the_query_has_its_default() {
        let overview = address("component", "", "?depth=99&relations&&=").overview();
        assert_eq!((overview.depth, overview.aggregated), (MAX_DEPTH, false));
        assert_eq!(address("component", "", "depth=x").overview().depth, 1);
        assert_eq!(
            address("component", "source", "format=exe").format(),
            SourceFormat::Yaml
        );
        assert_eq!(
            address("component", "source", "format=%66ile").format(),
            SourceFormat::File
        );
    }

    #[test]
    fn members_are_asked_for_in_whole_pages() {
        let group = EntityRef::parse("group:a").unwrap();
        let query =
            address("group", "members", "q=+ida%26+&all=true&offset=73").members(group.clone());
        assert_eq!(
            (query.text.as_str(), query.all, query.offset),
            ("ida&", true, 50)
        );
        let href = members_href("/p", &query);
        assert_eq!(href, "/p/members?q=ida%26&all=true&offset=50");
        assert_eq!(address("group", "", "q=x&all=true").members(group).text, "");
    }
}
