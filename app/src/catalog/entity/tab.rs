//! The tabs of an entity's page; each has an address of its own.

use crate::catalog::types::EntityDetail;
use crate::prelude::*;

/// One tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Overview,
    Relations,
    Definition,
    Members,
    History,
    Source,
}

impl Tab {
    const ALL: [Self; 6] = [
        Self::Overview,
        Self::Relations,
        Self::Definition,
        Self::Members,
        Self::History,
        Self::Source,
    ];

    /// The tab of the last part of the path; none is the overview.
    pub(super) fn from_segment(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.segment() == segment)
    }

    /// The tab's address, given the page's path.
    pub(super) fn href(self, page: &str) -> String {
        match self.segment() {
            "" => page.to_owned(),
            segment => format!("{page}/{segment}"),
        }
    }

    /// Whether the entity has this tab.
    pub(super) fn is_offered(self, detail: &EntityDetail) -> bool {
        match self {
            Self::Overview | Self::Relations | Self::History | Self::Source => true,
            Self::Definition => detail.definition.is_some(),
            Self::Members => detail.entity_ref.is_kind("group"),
        }
    }

    /// What the tab is called.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Relations => "Relations",
            Self::Definition => "Definition",
            Self::Members => "Members",
            Self::History => "History",
            Self::Source => "Source",
        }
    }

    fn segment(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Relations => "relations",
            Self::Definition => "definition",
            Self::Members => "members",
            Self::History => "history",
            Self::Source => "source",
        }
    }

    fn count(self, detail: &EntityDetail) -> Option<usize> {
        let of = |relation: Option<&str>| -> usize {
            let groups = detail.relations.iter();
            groups
                .filter(|group| relation.is_none_or(|relation| group.relation == relation))
                .map(|group| group.targets.len())
                .sum()
        };
        match self {
            Self::Relations => Some(of(None)),
            Self::Members => Some(of(Some("hasMember"))),
            Self::Overview | Self::Definition | Self::History | Self::Source => None,
        }
    }
}

/// The tab bar of an entity; none is open where the address names another.
pub(super) fn tabs(detail: &EntityDetail, current: Option<Tab>) -> impl IntoView + use<> {
    let items = Tab::ALL
        .into_iter()
        .filter(|tab| tab.is_offered(detail))
        .map(|tab| {
            let count = tab.count(detail).map(|count| view! { <span class="count">{count}</span> });
            view! {
                <li>
                    <a class="tab" href=tab.href(&detail.href) aria-current=(current == Some(tab)).then_some("page")>
                        {tab.label()}{count.is_some().then_some(" ")}{count}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=detail.title.clone()><ul>{items}</ul></nav> }
}
