//! `POST /entities/by-refs`: entities by their references, in the order asked for.

use std::collections::HashSet;

use model::catalog::EntityRef;
use model::catalog::filter::Predicate;
use model::catalog::query::{Query, RowId};

use super::asked::Asked;
use super::fields::Fields;
use super::reply::{List, Reply};
use super::{entities, predicate};
use crate::catalog::View;
use crate::http::ApiError;

pub(super) fn post(view: &View, asked: &Asked) -> Result<Reply, ApiError> {
    let refs = asked
        .texts("entityRefs")?
        .ok_or_else(|| ApiError::input("request/body must have required property 'entityRefs'"))?;
    let fields = Fields::parse(asked.texts("fields")?.unwrap_or_default())?;
    let both = vec![entities::filter(asked)?, predicate::of_body(asked)?];
    let passing = passing(view, Predicate::All(both));
    let passes = |row: &RowId| passing.as_ref().is_none_or(|rows| rows.contains(row));
    let rows = refs.iter().map(|text| row(view, text).filter(passes));
    Ok(Reply::list(List {
        view: view.clone(),
        rows: rows.collect(),
        fields,
        before: "{\"items\":",
        after: "}".to_owned(),
    }))
}

/// The rows that pass; `None` where everything does.
fn passing(view: &View, predicate: Predicate) -> Option<HashSet<RowId>> {
    let everything = Predicate::All(vec![Predicate::EVERYTHING, Predicate::EVERYTHING]);
    let narrowed = predicate != everything;
    narrowed.then(|| {
        view.index()
            .query(&Query::of(predicate))
            .rows
            .into_iter()
            .collect()
    })
}

/// A reference counts as it is written: canonical, or not at all.
fn row(view: &View, text: &str) -> Option<RowId> {
    let wanted = EntityRef::parse(text)
        .ok()
        .filter(|wanted| wanted.as_str() == text)?;
    view.index().find(&wanted)
}
