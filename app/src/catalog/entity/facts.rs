//! The facts of an entity that its kind is expected to have; what is missing says so quietly.

use model::catalog::page::{CatalogQuery, FieldValue, RefLabel, group};
use model::catalog::text::lower_case;

use super::words::is_external;
use crate::catalog::types::{EntityDetail, TitledField};
use crate::prelude::*;
use crate::ui::moment::Moment;
use crate::ui::reference::{OwnerLink, RefLink};

/// One fact: what it is, what it says, and whether it takes the whole width.
pub(super) struct Fact {
    term: String,
    value: AnyView,
    wide: bool,
}

impl Fact {
    fn new(term: impl Into<String>, value: impl IntoView + 'static) -> Self {
        Self {
            term: term.into(),
            value: value.into_any(),
            wide: false,
        }
    }

    fn missing(term: &str) -> Self {
        let text = format!("No {}", lower_case(term));
        Self::new(term, view! { <span class="muted">{text}</span> })
    }

    /// The fact in a description list.
    pub(super) fn view(self) -> impl IntoView {
        let class = if self.wide { "wide" } else { "" };
        view! { <div class=class><dt>{self.term}</dt><dd>{self.value}</dd></div> }
    }
}

/// The facts of the About panel, in order.
pub(super) fn facts(detail: &EntityDetail) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(owner(detail));
    facts.extend(place(detail));
    facts.extend(detail.fields.iter().filter_map(own_field));
    facts.extend(state(detail));
    facts.extend(targets(detail));
    facts.push(tags(detail));
    facts.extend(origin(detail));
    facts
}

/// A fact that these kinds are expected to have, and others may.
fn expected(
    detail: &EntityDetail,
    term: &str,
    kinds: &[&str],
    value: Option<Fact>,
) -> Option<Fact> {
    value.or_else(|| {
        kinds
            .contains(&detail.entity_ref.kind())
            .then(|| Fact::missing(term))
    })
}

fn owner(detail: &EntityDetail) -> Option<Fact> {
    let value = (!detail.owners.is_empty()).then(|| {
        let owners = detail
            .owners
            .iter()
            .map(|owner| view! { <OwnerLink owner=owner.clone()/> })
            .collect_view();
        Fact::new("Owner", owners)
    });
    let kinds = [
        "component",
        "api",
        "resource",
        "system",
        "domain",
        "template",
    ];
    expected(detail, "Owner", &kinds, value)
}

/// Where it stands among others: system, domain, parent.
fn place(detail: &EntityDetail) -> impl Iterator<Item = Fact> {
    let reference = |term: &str, label: &Option<RefLabel>| {
        label
            .clone()
            .map(|label| Fact::new(term, view! { <RefLink label/> }))
    };
    let parent = match detail.entity_ref.kind() {
        "domain" => "Parent domain",
        "component" => "Part of",
        _ => "Parent",
    };
    // A group's parent stands in its profile.
    let above = detail
        .parent
        .clone()
        .filter(|_| !detail.entity_ref.is_kind("group"));
    let system = reference("System", &detail.system);
    let domain = reference("Domain", &detail.domain);
    [
        expected(detail, "System", &["component", "api", "resource"], system),
        expected(detail, "Domain", &["system"], domain),
        reference(parent, &above),
    ]
    .into_iter()
    .flatten()
}

/// The organisation's own field; the tier has its badge in the head.
fn own_field(field: &TitledField) -> Option<Fact> {
    if field.cell.id == "tier" || field.cell.values.is_empty() {
        return None;
    }
    let values: Vec<_> = field.cell.values.iter().map(own_value).collect();
    Some(Fact::new(field.title.clone(), values))
}

fn own_value(value: &FieldValue) -> AnyView {
    match value.target.clone() {
        Some(label) => view! { <RefLink label/> }.into_any(),
        None => view! { <span>{value.text.clone()}</span> }.into_any(),
    }
}

fn state(detail: &EntityDetail) -> impl Iterator<Item = Fact> {
    let spec_type = detail
        .spec_type
        .as_ref()
        .map(|value| Fact::new("Type", filter_link(detail, group::TYPE, value, "tlink")));
    let lifecycle = detail.lifecycle.as_ref().map(|value| {
        Fact::new(
            "Lifecycle",
            filter_link(detail, group::LIFECYCLES, value, "tlink"),
        )
    });
    let typed = ["component", "api", "resource", "group", "template"];
    [
        expected(detail, "Lifecycle", &["component", "api"], lifecycle),
        expected(detail, "Type", &typed, spec_type),
    ]
    .into_iter()
    .flatten()
}

/// A value as a link to everything of the kind that has it too.
fn filter_link(
    detail: &EntityDetail,
    group: &str,
    value: &str,
    class: &'static str,
) -> impl IntoView + use<> {
    let query =
        CatalogQuery::of_kind(detail.entity_ref.kind()).with_values(group, &[value.to_owned()]);
    view! { <a class=class href=query.href()>{value.to_owned()}</a> }
}

fn targets(detail: &EntityDetail) -> Option<Fact> {
    let items = detail
        .targets
        .iter()
        .map(|target| view! { <li><code>{target.clone()}</code></li> })
        .collect_view();
    let value = (!detail.targets.is_empty()).then(|| Fact {
        wide: true,
        ..Fact::new("Targets", view! { <ul class="etargets">{items}</ul> })
    });
    expected(detail, "Targets", &["location"], value)
}

fn tags(detail: &EntityDetail) -> Fact {
    if detail.tags.is_empty() {
        return Fact::missing("Tags");
    }
    let tags = detail
        .tags
        .iter()
        .map(|tag| filter_link(detail, group::TAGS, tag, "tag etag"))
        .collect_view();
    Fact::new("Tags", tags)
}

/// Where it comes from, and since when it is as it is.
fn origin(detail: &EntityDetail) -> impl Iterator<Item = Fact> {
    let source = detail.source_place.clone().map(|place| {
        let href = detail.view_url.clone();
        let rel = is_external(&href).then_some("external noopener noreferrer");
        Fact::new("Source", view! { <a class="tlink mono eplace" href=href rel=rel title=place.clone()>{place.clone()}</a> })
    });
    let changed = detail
        .changed_at
        .clone()
        .map(|at| Fact::new("Changed", view! { <Moment at/> }));
    [source, changed].into_iter().flatten()
}
