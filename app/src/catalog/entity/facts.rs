//! The facts of an entity that its head does not show. What it does not have is left out, but for an
//! owner: that one is missed.

use model::catalog::page::{CatalogQuery, FieldValue, RefLabel, group};

use super::words::is_external;
use crate::catalog::types::{EntityDetail, TitledField};
use crate::prelude::*;
use crate::ui::moment::Moment;
use crate::ui::path::Path;
use crate::ui::reference::RefLink;

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

    /// The fact in a description list.
    pub(super) fn view(self) -> impl IntoView {
        let class = if self.wide { "wide" } else { "" };
        view! { <div class=class><dt>{self.term}</dt><dd>{self.value}</dd></div> }
    }
}

/// The facts of the About panel, in order.
pub(super) fn facts(detail: &EntityDetail) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(no_owner(detail));
    facts.extend(place(detail));
    facts.extend(detail.fields.iter().filter_map(own_field));
    facts.extend(targets(detail));
    facts.extend(tags(detail));
    facts.extend(origin(detail));
    facts
}

/// That nobody owns what somebody should.
fn no_owner(detail: &EntityDetail) -> Option<Fact> {
    let owned = matches!(
        detail.entity_ref.kind(),
        "component" | "api" | "resource" | "system" | "domain" | "template"
    );
    let text = || view! { <span class="muted">"No owner"</span> };
    (owned && detail.owners.is_empty()).then(|| Fact::new("Owner", text()))
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
    [
        reference("System", &detail.system),
        reference("Domain", &detail.domain),
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

fn targets(detail: &EntityDetail) -> Option<Fact> {
    let items = detail
        .targets
        .iter()
        .map(|target| view! { <li><code>{target.clone()}</code></li> })
        .collect_view();
    (!detail.targets.is_empty()).then(|| Fact {
        wide: true,
        ..Fact::new("Targets", view! { <ul class="etargets">{items}</ul> })
    })
}

/// Each leads to everything of the kind that has it too.
fn tags(detail: &EntityDetail) -> Option<Fact> {
    let tags = detail
        .tags
        .iter()
        .map(|tag| {
            let query = CatalogQuery::of_kind(detail.entity_ref.kind())
                .with_values(group::TAGS, std::slice::from_ref(tag));
            view! { <a class="tag etag" href=query.href()>{tag.clone()}</a> }
        })
        .collect_view();
    (!detail.tags.is_empty()).then(|| Fact::new("Tags", tags))
}

/// Where it comes from, and since when it is as it is.
fn origin(detail: &EntityDetail) -> impl Iterator<Item = Fact> {
    let source = detail.source_place.clone().map(|place| {
        let href = detail.view_url.clone();
        let rel = is_external(&href).then_some("external noopener noreferrer");
        Fact::new("Source", view! { <a class="tlink mono eplace" href=href rel=rel title=place.clone()><Path text=place.clone()/></a> })
    });
    let changed = detail
        .changed_at
        .clone()
        .map(|at| Fact::new("Changed", view! { <Moment at/> }));
    [source, changed].into_iter().flatten()
}
