//! One document of a file: an entity, or a list of what is wrong with it.

use model::catalog::{EntityRef, EntityView, KindSet, Problem, validate};
use serde_json::Value;

use super::{
    Emission,
    placeholder::{self, Fetch},
    problem::{ENTITY, PLACEHOLDER, Place, concerning},
};
use crate::{
    store::StoredProblem,
    yaml::{Limits, Position, Positions, RawDocument, parse_document},
};

/// What became of a document.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Nothing was in it.
    Empty,
    /// An entity, perhaps with warnings.
    Entity(Box<Emission>),
    /// No entity; the ref is known when kind and name could be read.
    Broken(Option<EntityRef>),
}

/// Reads a document, adding what is wrong with it to `problems`.
pub(super) fn read(
    document: RawDocument<'_>,
    place: Place<'_>,
    kinds: &KindSet,
    fetch: &mut Fetch<'_>,
    problems: &mut Vec<StoredProblem>,
) -> Outcome {
    let value = match parse_document(document, &Limits::DOCUMENT) {
        Ok(Value::Null) => return Outcome::Empty,
        Ok(value) => value,
        Err(flaw) => {
            let entity_ref = ref_before_error(&Positions::of(document));
            problems.push(concerning(place.flaw(flaw), entity_ref.as_ref()));
            // What follows the error may belong to another entity: nothing is certain.
            return Outcome::Broken(None);
        }
    };
    let mut reader = Reader {
        document,
        place,
        entity_ref: EntityView(&value).entity_ref().ok(),
        problems,
    };
    reader.entity(value, kinds, fetch)
}

struct Reader<'r> {
    document: RawDocument<'r>,
    place: Place<'r>,
    entity_ref: Option<EntityRef>,
    problems: &'r mut Vec<StoredProblem>,
}

impl Reader<'_> {
    fn entity(&mut self, mut value: Value, kinds: &KindSet, fetch: &mut Fetch<'_>) -> Outcome {
        let unresolved = placeholder::replace(&mut value, fetch);
        let is_complete = unresolved.is_empty();
        self.note(&unresolved, PLACEHOLDER);
        let mut found = validate(&value, kinds);
        // A field whose placeholder is already a problem has no second one.
        found.retain(|problem| !unresolved.iter().any(|known| known.path == problem.path));
        self.note(&found, ENTITY);
        if !is_complete || found.iter().any(Problem::is_error) {
            return Outcome::Broken(self.entity_ref.take());
        }
        match Emission::finish(value, self.place, self.document.content_line()) {
            Ok(emission) => Outcome::Entity(Box::new(emission)),
            Err(error) => {
                let at = Some(self.document.start());
                let problem = self.place.error(ENTITY, at, error.to_string(), "an entity");
                self.problems
                    .push(concerning(problem, self.entity_ref.as_ref()));
                Outcome::Broken(self.entity_ref.take())
            }
        }
    }

    fn note(&mut self, found: &[Problem], code: &str) {
        if found.is_empty() {
            return;
        }
        let positions = Positions::of(self.document);
        for problem in found {
            let at = position(&positions, problem).unwrap_or_else(|| self.document.start());
            let stored = StoredProblem {
                code: code.to_owned(),
                ..self.place.of_entity(problem, Some(at))
            };
            self.problems
                .push(concerning(stored, self.entity_ref.as_ref()));
        }
    }
}

fn position(positions: &Positions, problem: &Problem) -> Option<Position> {
    let segments: Vec<String> = problem.path.segments().collect();
    positions.key_at(segments.iter().map(String::as_str))
}

/// Kind and name as far as they stand before a syntax error.
fn ref_before_error(positions: &Positions) -> Option<EntityRef> {
    let kind = positions.text_at(["kind"])?;
    let name = positions.text_at(["metadata", "name"])?;
    let namespace = positions.text_at(["metadata", "namespace"]);
    let namespace = namespace.unwrap_or(model::catalog::DEFAULT_NAMESPACE);
    EntityRef::new(kind, namespace, name).ok()
}
