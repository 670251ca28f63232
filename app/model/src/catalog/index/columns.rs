//! The columns by their key, and the numbers of those that the code itself asks for.

use std::sync::Arc;

use super::chunked::Chunked;
use super::column::Column;

/// The number of a column; it never changes.
pub(in crate::catalog) type ColumnId = u32;

/// Keys that the code itself asks for. Those after `@` are the index's own.
macro_rules! own_columns {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $key:literal;)*) => {
        /// Numbers of the columns that every index has.
        pub(in crate::catalog) mod own {
            $($(#[$doc])* pub(in crate::catalog) const $name: super::ColumnId = $id;)*
        }
        const OWN_KEYS: &[(ColumnId, &str)] = &[$(($id, $key)),*];
    };
}

own_columns! {
    /// The canonical ref: breaks ties.
    REF = 0, "@ref";
    /// The display name.
    DISPLAY_NAME = 1, "@name";
    KIND = 2, "kind";
    NAME = 3, "metadata.name";
    NAMESPACE = 4, "metadata.namespace";
    ORPHAN = 5, "metadata.annotations.backstage.io/orphan";
    TITLE = 6, "metadata.title";
    DESCRIPTION = 7, "metadata.description";
    TAGS = 8, "metadata.tags";
    TYPE = 9, "spec.type";
    LIFECYCLE = 10, "spec.lifecycle";
    SYSTEM = 11, "spec.system";
    PARENT_COMPONENT = 12, "spec.subcomponentof";
    OWN_DOMAIN = 13, "spec.domain";
    TARGET = 14, "spec.target";
    TARGETS = 15, "spec.targets";
    VIEW_URL = 16, "metadata.annotations.backstage.io/view-url";
    EDIT_URL = 17, "metadata.annotations.backstage.io/edit-url";
    EMAIL = 18, "spec.profile.email";
    /// The domain that an entity belongs to, through its system or parent component if need be.
    DOMAIN = 19, "domain";
    /// `spec.system` as a canonical ref.
    SYSTEM_REF = 20, "@system";
    PICTURE = 21, "spec.profile.picture";
}

/// All columns of an index.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    columns: Chunked<Arc<Column>, 64>,
    by_key: imbl::HashMap<Arc<str>, ColumnId>,
    nothing: Arc<Column>,
}

impl Columns {
    pub(super) fn new() -> Self {
        let mut columns = Self {
            columns: Chunked::default(),
            by_key: imbl::HashMap::new(),
            nothing: Arc::default(),
        };
        for (id, key) in OWN_KEYS {
            let made = columns.id(key);
            debug_assert_eq!(made, *id, "own columns are numbered in order");
        }
        columns
    }

    /// The number of a lower-case key, new or not.
    pub(super) fn id(&mut self, key: &str) -> ColumnId {
        if let Some(id) = self.by_key.get(key) {
            return *id;
        }
        self.columns.push(Arc::default());
        let id = u32::try_from(self.columns.len() - 1).unwrap_or(u32::MAX);
        self.by_key.insert(key.into(), id);
        id
    }

    pub(super) fn get(&self, id: ColumnId) -> &Column {
        self.columns.get(id).unwrap_or(&self.nothing)
    }

    pub(super) fn find(&self, key: &str) -> Option<ColumnId> {
        self.by_key.get(key).copied()
    }

    /// The column, for writing; copies what a clone of the index still reads.
    pub(super) fn get_mut(&mut self, id: ColumnId) -> Option<&mut Column> {
        self.columns.get_mut(id).map(Arc::make_mut)
    }

    /// Every key with its column.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, &Column)> {
        let keys = self.by_key.iter();
        keys.map(|(key, id)| (key.as_ref(), self.get(*id)))
    }
}
