//! The graph page's form: a GET form whose fields are the address, so it works without a script;
//! with one, every change is applied at once.

use model::catalog::text::lower_case;

use crate::catalog::get_form::{apply, follow};
use crate::catalog::graph::{Direction, EVERYTHING, GraphPicture, GraphQuery};
use crate::prelude::*;
use crate::reactive::effect;
use crate::ui::icon::Icon;

/// The kinds that can be chosen: Backstage's own. Others are offered where they are in the picture.
const KINDS: [(&str, &str); 9] = [
    ("component", "Component"),
    ("api", "API"),
    ("resource", "Resource"),
    ("system", "System"),
    ("domain", "Domain"),
    ("group", "Group"),
    ("user", "User"),
    ("template", "Template"),
    ("location", "Location"),
];

/// The depths offered.
const DEPTHS: [(&str, &str); 6] = [
    ("1", "1"),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("5", "5"),
    (EVERYTHING, "All"),
];

/// The form.
pub(super) fn controls(query: &GraphQuery, picture: &GraphPicture) -> impl IntoView + use<> {
    let roots = query
        .roots
        .iter()
        .map(|root| view! { <input type="hidden" name="rootEntityRefs[]" value=root.to_string()/> })
        .collect_view();
    let depth = query.depth_token();
    let directions = Direction::ALL.map(|(direction, label)| (direction.token(), label));
    let fields = [
        select("maxDepth", "Depth", &depths(&depth), &depth),
        select(
            "direction",
            "Direction",
            &directions,
            query.direction.token(),
        ),
        switch(
            "unidirectional",
            "Simplified",
            "Each entity is reached once",
            query.unidirectional,
        ),
        switch(
            "mergeRelations",
            "Merge relations",
            "Opposite relations are one line",
            query.merge,
        ),
        checkboxes(
            "selectedKinds[]",
            "Kinds",
            &kinds(query, picture),
            &query.kinds,
        ),
        checkboxes(
            "selectedRelations[]",
            "Relations",
            &relations(query, picture),
            &query.relations,
        ),
    ];
    // With a script every change is applied at once.
    let hidden = RwSignal::new(false);
    effect(move || hidden.set(true));
    view! {
        <form method="get" action="/catalog-graph" class="gform" aria-label="What the graph shows" on:change=apply on:submit=follow(|query| GraphQuery::from_query_string(query).href())>
            {roots}
            {fields.into_iter().collect_view()}
            <button type="submit" class="btn gform__submit" hidden=hidden>"Draw"</button>
        </form>
    }
}

/// The depths on offer, and the one in the address where it is none of them.
fn depths(chosen: &str) -> Vec<(String, String)> {
    let mut depths: Vec<(String, String)> = DEPTHS
        .map(|(value, label)| (value.to_owned(), label.to_owned()))
        .into();
    if depths.iter().all(|(value, _)| value != chosen) {
        depths.insert(depths.len() - 1, (chosen.to_owned(), chosen.to_owned()));
    }
    depths
}

fn select<T: AsRef<str>>(
    name: &'static str,
    label: &'static str,
    options: &[(T, T)],
    chosen: &str,
) -> AnyView {
    let options = options
        .iter()
        .map(|(value, label)| {
            let value = value.as_ref();
            view! { <option value=value.to_owned() selected=value == chosen>{label.as_ref().to_owned()}</option> }
        })
        .collect_view();
    view! {
        <label class="field gform__field">
            <span class="field__label">{label}</span>
            <span class="selectbox">
                <select class="select" name=name>{options}</select>
                <Icon name="chevron-down"/>
            </span>
        </label>
    }
}

/// A checkbox that is on by default: the hidden field before it says "off" where it is not ticked.
fn switch(name: &'static str, label: &'static str, help: &'static str, on: bool) -> AnyView {
    view! {
        <input type="hidden" name=name value="false"/>
        <label class="option">
            <input class="check" type="checkbox" name=name value="true" checked=on/>
            <span>{label}<span class="option__help">{help}</span></span>
        </label>
    }
}

fn checkboxes(
    name: &'static str,
    legend: &'static str,
    options: &[(String, String)],
    chosen: &[String],
) -> AnyView {
    let boxes = options
        .iter()
        .map(|(value, label)| {
            let on = chosen.contains(value);
            view! {
                <label class="option">
                    <input class="check" type="checkbox" name=name value=value.clone() checked=on/>
                    <span>{label.clone()}</span>
                </label>
            }
        })
        .collect_view();
    let count = if chosen.is_empty() {
        "all".to_owned()
    } else {
        chosen.len().to_string()
    };
    view! {
        <details class="gform__more" open=!chosen.is_empty()>
            <summary>{legend}" "<span class="count">{count}</span></summary>
            <fieldset>
                <legend class="visually-hidden">{legend}", none means all"</legend>
                {boxes}
            </fieldset>
        </details>
    }
}

fn kinds(query: &GraphQuery, picture: &GraphPicture) -> Vec<(String, String)> {
    let mut kinds: Vec<(String, String)> = KINDS
        .map(|(kind, label)| (kind.to_owned(), label.to_owned()))
        .into();
    let drawn = picture
        .nodes
        .iter()
        .map(|node| (lower_case(&node.kind), node.kind.clone()));
    let asked = query.kinds.iter().map(|kind| (kind.clone(), kind.clone()));
    for (kind, label) in drawn.chain(asked) {
        if kinds.iter().all(|(known, _)| *known != kind) {
            kinds.push((kind, label));
        }
    }
    kinds
}

fn relations(query: &GraphQuery, picture: &GraphPicture) -> Vec<(String, String)> {
    let mut relations = picture.relation_types.clone();
    for relation in &query.relations {
        if relations.iter().all(|(known, _)| known != relation) {
            relations.push((relation.clone(), relation.clone()));
        }
    }
    relations
}
