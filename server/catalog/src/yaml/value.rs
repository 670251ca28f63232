//! Builds a JSON value from YAML events while counting what aliases expand to.

use std::{cell::Cell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::limits::Limits;

/// Whole floats up to here are written as integers, as every JavaScript tool does (2^53 - 1).
const LARGEST_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// What a document has grown to, aliases expanded.
pub(super) struct Growth {
    nodes: Cell<usize>,
    bytes: Cell<usize>,
    exceeded: Cell<bool>,
}

impl Growth {
    pub(super) fn within(limits: &Limits) -> Self {
        Self {
            nodes: Cell::new(limits.nodes),
            bytes: Cell::new(limits.bytes),
            exceeded: Cell::new(false),
        }
    }

    /// Whether a limit was what ended the parse.
    pub(super) fn exceeded(&self) -> bool {
        self.exceeded.get()
    }

    fn node<E: Error>(&self) -> Result<(), E> {
        self.spend(&self.nodes, 1)
    }

    fn text<E: Error>(&self, text: &str) -> Result<(), E> {
        self.spend(&self.bytes, text.len())
    }

    fn spend<E: Error>(&self, left: &Cell<usize>, amount: usize) -> Result<(), E> {
        match left.get().checked_sub(amount) {
            Some(rest) => {
                left.set(rest);
                Ok(())
            }
            None => {
                self.exceeded.set(true);
                Err(E::custom("the document is too large"))
            }
        }
    }
}

/// One value, counted against the document's [`Growth`].
#[derive(Clone, Copy)]
pub(super) struct ValueSeed<'g>(pub(super) &'g Growth);

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.node()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        if value.fract() == 0.0 && value.abs() <= LARGEST_SAFE_INTEGER {
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
            return Ok(Value::Number((value as i64).into()));
        }
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("not a finite number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.0.text(value)?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.0.text(&value)?;
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.0.node()?;
            self.0.text(&key)?;
            map.insert(key, entries.next_value_seed(self)?);
        }
        Ok(Value::Object(map))
    }
}
