//! What may be asked of entities: the filter language of the catalog's REST contract, and the
//! predicates that it and every page come down to.

use super::text::js_trim;

/// A condition on an entity. Keys and values compare in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// Every one holds; of none, everything.
    All(Vec<Self>),
    /// At least one holds; of none, nothing.
    Any(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// The key is there, with or without a value.
    Exists(String),
    /// The key has this value.
    Equals(String, String),
    /// The key has one of these values.
    In(String, Vec<String>),
    /// The key has a value that begins so.
    HasPrefix(String, String),
    /// One of the keys has a value that contains this.
    Contains {
        /// Where to look.
        keys: Vec<String>,
        /// What for; the empty text is in every value.
        term: String,
    },
    /// Every word, as white space divides them, occurs in what a list shows of the entity:
    /// name, title, display name, description, tags, targets.
    Words(String),
    /// It is one of these entities.
    IsOneOf(Vec<super::EntityRef>),
    /// It has a relation of this type to an entity that does not exist.
    HasMissing(super::RelationType),
}

impl Predicate {
    /// What every entity meets.
    pub const EVERYTHING: Self = Self::All(Vec::new());
}

/// Why a `filter` parameter cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// A condition like `=x`.
    #[error(
        "the filter condition {0:?} has no key; write key=value, or key alone for its presence"
    )]
    NoKey(String),
}

/// The `filter` parameters of a request: any of them, each a set of conditions that all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Without any set, everything passes.
    pub sets: Vec<FilterSet>,
}

/// The conditions of one `filter` parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterSet {
    /// Each key once, as it was written.
    pub conditions: Vec<FilterCondition>,
}

/// What one key must meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterCondition {
    /// The key as it was written. Keys of different case are different conditions.
    pub key: String,
    /// The values of which it must have one; none means that the key must be there.
    pub values: Vec<String>,
}

impl Filter {
    /// Reads `filter` parameters, percent-decoded. Parameters without any condition do not count.
    pub fn parse<'a>(parameters: impl IntoIterator<Item = &'a str>) -> Result<Self, FilterError> {
        let mut filter = Self::default();
        for parameter in parameters {
            let set = FilterSet::parse(parameter)?;
            if !set.conditions.is_empty() {
                filter.sets.push(set);
            }
        }
        Ok(filter)
    }

    /// The filter as a predicate.
    #[must_use]
    pub fn predicate(&self) -> Predicate {
        match self.sets.as_slice() {
            [] => Predicate::EVERYTHING,
            sets => Predicate::Any(sets.iter().map(FilterSet::predicate).collect()),
        }
    }
}

impl FilterSet {
    fn parse(parameter: &str) -> Result<Self, FilterError> {
        let mut set = Self::default();
        let statements = parameter.split(',').map(js_trim);
        for statement in statements.filter(|statement| !statement.is_empty()) {
            let (key, value) = match statement.split_once('=') {
                Some((key, value)) => (js_trim(key), Some(js_trim(value))),
                None => (statement, None),
            };
            if key.is_empty() {
                return Err(FilterError::NoKey(statement.to_owned()));
            }
            set.add(key, value);
        }
        Ok(set)
    }

    fn add(&mut self, key: &str, value: Option<&str>) {
        let value = value.map(str::to_owned);
        match self.conditions.iter_mut().find(|known| known.key == key) {
            Some(known) => known.values.extend(value),
            None => self.conditions.push(FilterCondition {
                key: key.to_owned(),
                values: value.into_iter().collect(),
            }),
        }
    }

    fn predicate(&self) -> Predicate {
        let conditions = self.conditions.iter();
        Predicate::All(
            conditions
                .map(|condition| match condition.values.as_slice() {
                    [] => Predicate::Exists(condition.key.clone()),
                    [value] => Predicate::Equals(condition.key.clone(), value.clone()),
                    values => Predicate::In(condition.key.clone(), values.to_vec()),
                })
                .collect(),
        )
    }
}
