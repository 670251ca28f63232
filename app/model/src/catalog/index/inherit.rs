//! An organisation's own fields, and the domain: an entity without a value has that of the
//! first entity it refers to, along configured paths, that has one.

use std::collections::HashSet;
use std::sync::Arc;

use super::CatalogIndex;
use super::bits::Bits;
use super::column::Written;
use super::columns::{ColumnId, Columns, own};
use super::field_spec::FieldSpec;
use super::slots::{Row, SlotId};
use crate::catalog::{EntityRef, kinds};

/// The configured fields with their columns.
#[derive(Debug)]
pub(super) struct FieldPlan {
    pub(super) specs: Arc<[FieldSpec]>,
    fields: Vec<PlannedField>,
    /// The columns that decide what dependents inherit.
    watched: Vec<ColumnId>,
}

#[derive(Debug)]
struct PlannedField {
    /// Where the values are kept.
    column: ColumnId,
    /// Where an entity's own values stand.
    path: ColumnId,
    inherit: Vec<Step>,
}

/// A path of references to look along.
#[derive(Debug)]
struct Step {
    column: ColumnId,
    default_kind: Option<&'static str>,
}

impl FieldPlan {
    pub(super) fn new(specs: Arc<[FieldSpec]>, columns: &mut Columns) -> Self {
        let fields: Vec<PlannedField> = specs
            .iter()
            .map(|spec| PlannedField {
                column: columns.id(&spec.key()),
                path: columns.id(&spec.path.to_lowercase()),
                inherit: spec
                    .inherit
                    .iter()
                    .map(|path| step(path, columns))
                    .collect(),
            })
            .collect();
        let mut watched = vec![own::SYSTEM, own::PARENT_COMPONENT, own::OWN_DOMAIN];
        for field in &fields {
            watched.push(field.path);
            watched.extend(field.inherit.iter().map(|step| step.column));
        }
        watched.sort_unstable();
        watched.dedup();
        Self {
            specs,
            fields,
            watched,
        }
    }
}

fn step(path: &str, columns: &mut Columns) -> Step {
    let path = path.to_lowercase();
    Step {
        column: columns.id(&path),
        default_kind: default_kind(path.rsplit('.').next().unwrap_or_default()),
    }
}

/// The kind that a short reference in a field of this name means, as relations have it.
fn default_kind(field: &str) -> Option<&'static str> {
    let mut references = kinds::KINDS.iter().flat_map(|kind| kind.references);
    references
        .find(|reference| reference.field.eq_ignore_ascii_case(field))
        .and_then(|reference| reference.default_kind)
}

impl CatalogIndex {
    /// What dependents can see of a row; empty when there is no such entity.
    pub(super) fn passed_on(&self, id: SlotId) -> Vec<String> {
        if !self.alive.contains(id) {
            return Vec::new();
        }
        let watched = self.plan.watched.iter();
        let mut texts = vec![String::new()];
        for (column, text) in watched.flat_map(|column| {
            self.columns
                .get(*column)
                .texts(id)
                .map(move |text| (column, text))
        }) {
            texts.push(format!("{column}={text}"));
        }
        texts
    }

    /// Looks up the inherited values of these rows, and of all that depend on them, anew.
    pub(super) fn inherit_again(&mut self, touched: &[SlotId]) {
        let mut seen = Bits::none(self.slots.len());
        touched.iter().for_each(|id| seen.insert(*id));
        let mut queue = touched.to_vec();
        while let Some(id) = queue.pop() {
            let dependents = self.slots.get(id).map(|slot| Arc::clone(&slot.dependents));
            for dependent in dependents.iter().flat_map(|list| list.iter()) {
                if !seen.contains(*dependent) {
                    seen.insert(*dependent);
                    queue.push(*dependent);
                }
            }
        }
        for id in seen.and(&self.alive).iter() {
            self.inherit(id);
        }
    }

    /// Takes the inherited values of a row out, as its entity goes.
    pub(super) fn clear_inherited(&mut self, id: SlotId, row: &Row) {
        let plan = Arc::clone(&self.plan);
        for field in &plan.fields {
            self.write(field.column, id, &[]);
        }
        self.write(own::DOMAIN, id, &[]);
        self.write(own::SYSTEM_REF, id, &[]);
        for on in &row.inherits_from {
            self.slots.depend(*on, id, false);
            self.slots.free_if_unused(*on);
        }
    }

    fn inherit(&mut self, id: SlotId) {
        let plan = Arc::clone(&self.plan);
        let domain = self.domain(id, &mut HashSet::new());
        self.write_texts(own::DOMAIN, id, domain.as_ref().map(EntityRef::to_string));
        let system = self.references(own::SYSTEM, Some("system"), id);
        self.write_texts(
            own::SYSTEM_REF,
            id,
            system.first().map(EntityRef::to_string),
        );
        for field in &plan.fields {
            let values = self.field_values(field, id, &mut HashSet::new());
            self.write_texts(field.column, id, values);
        }
        self.depend_on(id, &plan, domain);
    }

    fn write_texts(
        &mut self,
        column: ColumnId,
        id: SlotId,
        texts: impl IntoIterator<Item = String>,
    ) {
        let written: Vec<Written<'_>> = texts
            .into_iter()
            .map(|text| Written {
                value: Some(text.into()),
                element: false,
            })
            .collect();
        self.write(column, id, &written);
    }

    /// The values of a field: the first found, looking at an entity before what it refers to,
    /// and at no entity twice.
    fn field_values(
        &self,
        field: &PlannedField,
        id: SlotId,
        seen: &mut HashSet<SlotId>,
    ) -> Vec<String> {
        if !seen.insert(id) || !self.alive.contains(id) {
            return Vec::new();
        }
        let own = self.own_values(field, id);
        if !own.is_empty() {
            return own;
        }
        for step in &field.inherit {
            for target in self.targets(step, id) {
                let Some(target) = self.alive_slot(&target) else {
                    continue;
                };
                let found = self.field_values(field, target, seen);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    fn own_values(&self, field: &PlannedField, id: SlotId) -> Vec<String> {
        let namespace = self.first_text(own::NAMESPACE, id).unwrap_or_default();
        let mut values = Vec::new();
        for text in self.columns.get(field.path).texts(id) {
            let value = reference_value(text, namespace);
            if !text.is_empty() && !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }

    /// Where an entity's references along a path lead, whether or not to something.
    fn targets(&self, step: &Step, id: SlotId) -> Vec<EntityRef> {
        if step.column == own::OWN_DOMAIN {
            return self.domain(id, &mut HashSet::new()).into_iter().collect();
        }
        self.references(step.column, step.default_kind, id)
    }

    fn references(
        &self,
        column: ColumnId,
        default_kind: Option<&str>,
        id: SlotId,
    ) -> Vec<EntityRef> {
        let namespace = self.first_text(own::NAMESPACE, id);
        let texts = self.columns.get(column).texts(id);
        texts
            .filter_map(|text| EntityRef::parse_with(text, default_kind, namespace).ok())
            .collect()
    }

    /// The domain of an entity: its own, else its system's, else its parent component's.
    fn domain(&self, id: SlotId, seen: &mut HashSet<SlotId>) -> Option<EntityRef> {
        if !seen.insert(id) || !self.alive.contains(id) {
            return None;
        }
        let own = self.references(own::OWN_DOMAIN, Some("domain"), id);
        own.into_iter().next().or_else(|| {
            let systems = self.references(own::SYSTEM, Some("system"), id);
            let parents = self.references(own::PARENT_COMPONENT, Some("component"), id);
            let upwards = systems.into_iter().chain(parents);
            upwards
                .filter_map(|target| self.alive_slot(&target))
                .find_map(|target| self.domain(target, seen))
        })
    }

    /// Notes where the values of a row were looked up, so that changes there come back here.
    fn depend_on(&mut self, id: SlotId, plan: &FieldPlan, domain: Option<EntityRef>) {
        let mut targets: Vec<EntityRef> = domain.into_iter().collect();
        targets.extend(self.references(own::SYSTEM, Some("system"), id));
        targets.extend(self.references(own::PARENT_COMPONENT, Some("component"), id));
        for step in plan.fields.iter().flat_map(|field| &field.inherit) {
            targets.extend(self.targets(step, id));
        }
        let mut on: Vec<SlotId> = targets.iter().map(|target| self.slots.id(target)).collect();
        on.sort_unstable();
        on.dedup();
        let Some(old) = self.slots.row(id).map(|row| row.inherits_from.clone()) else {
            return;
        };
        if *old == *on {
            return;
        }
        for new in on.iter().filter(|new| old.binary_search(new).is_err()) {
            self.slots.depend(*new, id, true);
        }
        for gone in old.iter().filter(|gone| on.binary_search(gone).is_err()) {
            self.slots.depend(*gone, id, false);
            self.slots.free_if_unused(*gone);
        }
        if let Some(row) = self.slots.get_mut(id).and_then(|slot| slot.row.as_mut()) {
            Arc::make_mut(row).inherits_from = on.into();
        }
    }
}

/// A value as it is kept: one that is plainly a reference to an entity of a known kind in its
/// canonical form, so that all spellings of it are one value; others as they are.
fn reference_value(text: &str, namespace: &str) -> String {
    let is_reference = text.split_once(':').is_some_and(|(kind, name)| {
        kinds::find_any_case(kind).is_some() && !name.contains(char::is_whitespace)
    });
    let parsed = EntityRef::parse_with(text, None, Some(namespace));
    match parsed {
        Ok(entity_ref) if is_reference => entity_ref.to_string(),
        _ => text.to_owned(),
    }
}
