//! The catalog page's state: what is filtered, sorted and shown. All of it is in the URL.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::selection::{OwnerFilter, PersonalFilter, Sort};
use crate::catalog::text::lower_case;

/// The kind shown when the URL names none.
pub const DEFAULT_KIND: &str = "component";
/// The value of `filters[kind]` that shows entities of all kinds.
pub const EVERY_KIND: &str = "all";
/// Rows a page when the URL does not say.
pub const DEFAULT_LIMIT: u32 = 50;
/// The most rows a page may ask for.
pub const MAX_LIMIT: u32 = 500;
/// The longest value and the most values of one filter that are read from a URL.
pub(super) const MAX_CHARS: usize = 200;
const MAX_VALUES: usize = 250;

/// The ids of the filter groups, as they stand in `filters[…]`.
/// An organisation's own fields add their ids.
pub mod group {
    /// `spec.type`.
    pub const TYPE: &str = "type";
    /// Targets of `ownedBy`, `none`, `missing`.
    pub const OWNERS: &str = "owners";
    /// `spec.lifecycle`.
    pub const LIFECYCLES: &str = "lifecycles";
    /// `metadata.tags`; several are alternatives.
    pub const TAGS: &str = "tags";
    /// `metadata.namespace`.
    pub const NAMESPACE: &str = "namespace";
    /// Names that a field of the organisation cannot take.
    pub const RESERVED: [&str; 9] = [
        TYPE, OWNERS, LIFECYCLES, TAGS, NAMESPACE, "kind", "user", "text", "orphan",
    ];
}

/// The catalog page's state. Values are lower-case, sorted and distinct ([`Self::normalised`]);
/// several values of one group are alternatives, groups are conditions that all hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogQuery {
    /// `filters[kind]`, lower-case; [`EVERY_KIND`] for all.
    pub kind: String,
    /// `filters[user]`.
    pub user: PersonalFilter,
    /// `filters[type]`.
    pub types: Vec<String>,
    /// `filters[owners]`.
    pub owners: Vec<OwnerFilter>,
    /// `filters[lifecycles]`.
    pub lifecycles: Vec<String>,
    /// `filters[tags]`.
    pub tags: Vec<String>,
    /// `filters[namespace]`.
    pub namespaces: Vec<String>,
    /// `filters[<id>]` of an organisation's own fields.
    pub fields: BTreeMap<String, Vec<String>>,
    /// `filters[orphan]=true`: only entities whose source no longer names them.
    pub orphan: bool,
    /// `filters[text]`: every word must occur in the name, title, description, tags or targets.
    pub text: String,
    /// `sort`.
    pub sort: Sort,
    /// `columns`, in the order shown; empty means the kind's own.
    pub columns: Vec<String>,
    /// `limit`, 1..=[`MAX_LIMIT`].
    pub limit: u32,
    /// `offset` of the first row.
    pub offset: u32,
}

impl Default for CatalogQuery {
    fn default() -> Self {
        Self {
            kind: DEFAULT_KIND.to_owned(),
            user: PersonalFilter::All,
            types: Vec::new(),
            owners: Vec::new(),
            lifecycles: Vec::new(),
            tags: Vec::new(),
            namespaces: Vec::new(),
            fields: BTreeMap::new(),
            orphan: false,
            text: String::new(),
            sort: Sort::default(),
            columns: Vec::new(),
            limit: DEFAULT_LIMIT,
            offset: 0,
        }
    }
}

impl CatalogQuery {
    /// The first page of a kind, unfiltered.
    #[must_use]
    pub fn of_kind(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            ..Self::default()
        }
        .normalised()
    }

    /// Brings every part into its canonical form, which is what a URL reads back as.
    #[must_use]
    pub fn normalised(mut self) -> Self {
        self.kind = value(&self.kind);
        if self.kind.is_empty() {
            DEFAULT_KIND.clone_into(&mut self.kind);
        }
        for values in [
            &mut self.types,
            &mut self.lifecycles,
            &mut self.tags,
            &mut self.namespaces,
        ] {
            normalise(values);
        }
        let owners = self.owners.iter();
        self.owners = distinct(owners.filter_map(|o| OwnerFilter::from_token(&o.token())));
        self.fields = fields(self.fields);
        self.text = cut(&self.text);
        self.sort = Sort::from_token(&self.sort.token());
        self.columns = columns(&self.columns);
        self.limit = self.limit.clamp(1, MAX_LIMIT);
        self
    }

    /// The values chosen in a group, as they stand in the URL.
    #[must_use]
    pub fn values(&self, group: &str) -> Vec<String> {
        match group {
            group::OWNERS => self.owners.iter().map(OwnerFilter::token).collect(),
            group::TYPE => self.types.clone(),
            group::LIFECYCLES => self.lifecycles.clone(),
            group::TAGS => self.tags.clone(),
            group::NAMESPACE => self.namespaces.clone(),
            own => self.fields.get(own).cloned().unwrap_or_default(),
        }
    }

    /// Every group with something chosen, for the chips above the table.
    #[must_use]
    pub fn chosen(&self) -> Vec<(String, Vec<String>)> {
        let built_in = [
            group::TYPE,
            group::OWNERS,
            group::LIFECYCLES,
            group::TAGS,
            group::NAMESPACE,
        ];
        built_in
            .into_iter()
            .chain(self.fields.keys().map(String::as_str))
            .map(|group| (group.to_owned(), self.values(group)))
            .filter(|(_, values)| !values.is_empty())
            .collect()
    }

    /// Whether anything beyond the kind narrows the list.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.user != PersonalFilter::All
            || self.orphan
            || !self.text.is_empty()
            || !self.chosen().is_empty()
    }

    /// The same page with a group's values replaced, at its first row.
    #[must_use]
    pub fn with_values(mut self, group: &str, values: &[String]) -> Self {
        match group {
            group::OWNERS => {
                self.owners = values
                    .iter()
                    .filter_map(|text| OwnerFilter::from_token(text))
                    .collect();
            }
            group::TYPE => self.types = values.to_vec(),
            group::LIFECYCLES => self.lifecycles = values.to_vec(),
            group::TAGS => self.tags = values.to_vec(),
            group::NAMESPACE => self.namespaces = values.to_vec(),
            own => {
                self.fields.insert(own.to_owned(), values.to_vec());
            }
        }
        self.at_first_row()
    }

    /// The same page with one value added, or taken away when it was chosen.
    #[must_use]
    pub fn with_toggled(self, group: &str, chosen: &str) -> Self {
        let mut values = self.values(group);
        let canonical = match group {
            group::OWNERS => {
                OwnerFilter::from_token(chosen).map_or_else(String::new, |o| o.token())
            }
            _ => value(chosen),
        };
        let before = values.len();
        values.retain(|value| *value != canonical);
        if values.len() == before {
            values.push(canonical);
        }
        self.with_values(group, &values)
    }

    /// The same page without a group's values.
    #[must_use]
    pub fn without(self, group: &str) -> Self {
        self.with_values(group, &[])
    }

    /// The same kind, sort, columns and page size without any filter.
    #[must_use]
    pub fn cleared(self) -> Self {
        Self {
            kind: self.kind,
            sort: self.sort,
            columns: self.columns,
            limit: self.limit,
            ..Self::default()
        }
    }

    /// Another kind: keeps whose entities are shown, the text and the page size, as the other
    /// groups have other values there.
    #[must_use]
    pub fn with_kind(self, kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            user: self.user,
            text: self.text,
            limit: self.limit,
            ..Self::default()
        }
        .normalised()
    }

    /// The same page for everybody's, owned or starred entities.
    #[must_use]
    pub fn with_user(mut self, user: PersonalFilter) -> Self {
        self.user = user;
        self.at_first_row()
    }

    /// The same page with another text filter.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        text.clone_into(&mut self.text);
        self.at_first_row()
    }

    /// The same page sorted by a column: ascending first, the other way when it already was.
    #[must_use]
    pub fn with_sort(mut self, column: &str) -> Self {
        let descending = self.sort.column == column && !self.sort.descending;
        self.sort = Sort {
            column: column.to_owned(),
            descending,
        };
        self.at_first_row()
    }

    /// The same page with other columns; none means the kind's own.
    #[must_use]
    pub fn with_columns(mut self, columns: &[String]) -> Self {
        self.columns = columns.to_vec();
        self.normalised()
    }

    /// The same list from another row on.
    #[must_use]
    pub fn with_offset(mut self, offset: u32) -> Self {
        self.offset = offset;
        self
    }

    /// The same list with another page size, from its first row.
    #[must_use]
    pub fn with_limit(mut self, limit: u32) -> Self {
        self.limit = limit;
        self.at_first_row()
    }

    fn at_first_row(mut self) -> Self {
        self.offset = 0;
        self.normalised()
    }
}

/// A filter value in its canonical form.
pub(super) fn value(text: &str) -> String {
    cut(&lower_case(text))
}

fn cut(text: &str) -> String {
    let cut: String = text.trim().chars().take(MAX_CHARS).collect();
    cut.trim().to_owned()
}

fn normalise(values: &mut Vec<String>) {
    let canonical = values.iter().map(|text| value(text));
    *values = distinct(canonical.filter(|text| !text.is_empty()));
}

/// Sorted, each once, and no more than may be chosen. Each is put into its place: sorting would cost the
/// browser 3 KB for every type.
fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for value in values {
        if let Err(place) = kept.binary_search(&value) {
            kept.insert(place, value);
        }
    }
    kept.truncate(MAX_VALUES);
    kept
}

fn fields(fields: BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    let mut kept = BTreeMap::<String, Vec<String>>::new();
    for (id, values) in fields {
        let id = cut(&id.replace(['[', ']'], ""));
        if !id.is_empty() && !group::RESERVED.contains(&id.as_str()) {
            kept.entry(id).or_default().extend(values);
        }
    }
    kept.retain(|_, values| {
        normalise(values);
        !values.is_empty()
    });
    while kept.len() > MAX_VALUES {
        kept.pop_last();
    }
    kept
}

fn columns(columns: &[String]) -> Vec<String> {
    let mut kept = Vec::new();
    for id in columns.iter().flat_map(|list| list.split(',')) {
        let id = cut(id);
        if !id.is_empty() && !kept.contains(&id) {
            kept.push(id);
        }
    }
    kept.truncate(MAX_VALUES);
    kept
}
