//! The current problems: replaced an origin at a time, and only where they differ.

use db::feed::Change;
use db::{DbError, Result, Tx, each, storable};
use model::catalog::Severity;
use sqlx::{FromRow, QueryBuilder};
use std::collections::BTreeMap;

use super::stored::{entity_ref, position};
use super::{Batch, PROBLEM_TOPIC, StoredProblem};

/// Rows a statement; nine values each.
const ROWS: usize = 500;

const ALL: &str = "select origin, location, line, col, entity_ref, severity, code, message, \
                   expected from problems order by origin, id";
const DELETE: &str = "delete from problems where origin = $1";
const INSERT: &str = "insert into problems (origin, location, line, col, entity_ref, severity, \
                      code, message, expected) ";

/// The problems that an origin is to have; in the batch's own words.
pub(super) type Replacement = (String, Vec<StoredProblem>);

/// All current problems, by origin, in the order in which they were found.
pub(super) async fn all(tx: &mut Tx) -> Result<Vec<StoredProblem>> {
    let rows: Vec<ProblemRow> = each!(tx.on(), on => sqlx::query_as(ALL).fetch_all(on).await?);
    rows.into_iter().map(ProblemRow::into_problem).collect()
}

/// The origins of `batch` whose problems differ from the stored ones.
pub(super) async fn differing(tx: &mut Tx, batch: &Batch) -> Result<Vec<Replacement>> {
    if batch.problems.is_empty() && !batch.full_read {
        return Ok(Vec::new());
    }
    let mut stored: BTreeMap<String, Vec<StoredProblem>> = BTreeMap::new();
    for problem in all(tx).await? {
        stored
            .entry(problem.origin.clone())
            .or_default()
            .push(problem);
    }
    let mut differing = Vec::new();
    for (origin, wanted) in wanted(batch) {
        if stored.remove(&origin).unwrap_or_default() != wanted {
            differing.push((origin, wanted));
        }
    }
    if batch.full_read {
        differing.extend(stored.into_keys().map(|origin| (origin, Vec::new())));
    }
    Ok(differing)
}

/// The problems of each origin as the database will hold them; the last mention wins.
fn wanted(batch: &Batch) -> BTreeMap<String, Vec<StoredProblem>> {
    let replacement = |origin: &str, problems: &[StoredProblem]| {
        let origin = storable(origin).into_owned();
        let problems = problems
            .iter()
            .map(|p| storable_problem(&origin, p))
            .collect();
        (origin, problems)
    };
    (batch.problems.iter())
        .map(|of| replacement(&of.origin, &of.problems))
        .collect()
}

fn storable_problem(origin: &str, problem: &StoredProblem) -> StoredProblem {
    let text = |text: &str| storable(text).into_owned();
    StoredProblem {
        origin: origin.to_owned(),
        location: text(&problem.location),
        message: text(&problem.message),
        expected: problem.expected.as_deref().map(text),
        ..problem.clone()
    }
}

/// What the feed says about `replacements`, in their order.
pub(super) fn changes(replacements: &[Replacement]) -> Vec<Change> {
    let change = |(origin, _): &Replacement| Change {
        topic: PROBLEM_TOPIC.to_owned(),
        key: origin.clone(),
        payload: "null".to_owned(),
    };
    replacements.iter().map(change).collect()
}

/// Puts `replacements` in the place of what the origins had.
pub(super) async fn replace(tx: &mut Tx, replacements: &[Replacement]) -> Result<()> {
    for (origin, problems) in replacements {
        each!(tx.on(), on => {
            sqlx::query(DELETE).bind(origin.as_str()).execute(on).await.map(drop)
        })?;
        for rows in problems.chunks(ROWS) {
            insert(tx, rows).await?;
        }
    }
    Ok(())
}

async fn insert(tx: &mut Tx, rows: &[StoredProblem]) -> Result<()> {
    each!(tx.on(), on => {
        let mut sql = QueryBuilder::new(INSERT);
        sql.push_values(rows, |mut row, problem| {
            row.push_bind(problem.origin.as_str())
                .push_bind(problem.location.as_str())
                .push_bind(problem.line.map(i64::from))
                .push_bind(problem.column.map(i64::from))
                .push_bind(problem.entity_ref.as_ref().map(|r| r.as_str()))
                .push_bind(problem.severity.as_str())
                .push_bind(problem.code.as_str())
                .push_bind(problem.message.as_str())
                .push_bind(problem.expected.as_deref());
        });
        sql.build().execute(on).await.map(drop)
    })?;
    Ok(())
}

#[derive(FromRow)]
struct ProblemRow {
    origin: String,
    location: String,
    line: Option<i64>,
    col: Option<i64>,
    entity_ref: Option<String>,
    severity: String,
    code: String,
    message: String,
    expected: Option<String>,
}

impl ProblemRow {
    fn into_problem(self) -> Result<StoredProblem> {
        Ok(StoredProblem {
            origin: self.origin,
            location: self.location,
            line: position(self.line),
            column: position(self.col),
            entity_ref: self.entity_ref.as_deref().map(entity_ref).transpose()?,
            severity: severity(&self.severity)?,
            code: self.code,
            message: self.message,
            expected: self.expected,
        })
    }
}

fn severity(text: &str) -> Result<Severity> {
    [Severity::Warning, Severity::Error]
        .into_iter()
        .find(|severity| severity.as_str() == text)
        .ok_or_else(|| DbError::other(format!("`{text}` is not a severity")))
}
