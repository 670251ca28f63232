//! Reading an entity's JSON by the names of its fields. Nothing is copied; a field that is
//! missing or of another type reads as absent.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::entity_ref::{CompoundRef, DEFAULT_NAMESPACE, EntityRef, EntityRefError};
use super::text::is_safe_link;
use super::well_known::{EDIT_URL, ORPHAN, VIEW_URL};

/// A link of an entity that a page may render.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The address, with a scheme that runs no code.
    pub url: String,
    /// What to call it; the address if the author named nothing.
    pub title: String,
    /// The author's name for an icon.
    pub icon: Option<String>,
    /// The author's classification.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

/// An entity's JSON value, read by name.
#[derive(Clone, Copy, Debug)]
pub struct EntityView<'a>(pub &'a Value);

impl<'a> EntityView<'a> {
    /// The value at these keys, outermost first.
    pub fn at(self, keys: &[&str]) -> Option<&'a Value> {
        keys.iter().try_fold(self.0, |value, key| value.get(key))
    }

    /// The text at these keys; other scalars and the empty text read as absent.
    pub fn text(self, keys: &[&str]) -> Option<&'a str> {
        self.at(keys)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    }

    /// The texts of the list at these keys.
    pub fn texts(self, keys: &[&str]) -> impl Iterator<Item = &'a str> + use<'a> {
        self.list(keys).filter_map(Value::as_str)
    }

    fn list(self, keys: &[&str]) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.at(keys)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    }

    /// The keys and texts of the mapping at these keys, in the author's order.
    fn pairs(self, keys: &[&str]) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.at(keys)
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
    }

    /// The identity; an error when kind or name are missing.
    pub fn entity_ref(self) -> Result<EntityRef, EntityRefError> {
        let text = |keys| self.text(keys);
        CompoundRef::from_parts(
            text(&["kind"]),
            Some(self.namespace()),
            text(&["metadata", "name"]).unwrap_or_default(),
        )?
        .to_entity_ref()
    }

    /// `apiVersion`.
    pub fn api_version(self) -> &'a str {
        self.text(&["apiVersion"]).unwrap_or_default()
    }

    /// `kind`, as written: `Component`.
    pub fn kind(self) -> &'a str {
        self.text(&["kind"]).unwrap_or_default()
    }

    /// `metadata.name`, as written.
    pub fn name(self) -> &'a str {
        self.text(&["metadata", "name"]).unwrap_or_default()
    }

    /// `metadata.namespace`, or the default one.
    pub fn namespace(self) -> &'a str {
        self.text(&["metadata", "namespace"])
            .unwrap_or(DEFAULT_NAMESPACE)
    }

    /// `metadata.uid`.
    pub fn uid(self) -> Option<&'a str> {
        self.text(&["metadata", "uid"])
    }

    /// `metadata.etag`.
    pub fn etag(self) -> Option<&'a str> {
        self.text(&["metadata", "etag"])
    }

    /// `metadata.title`.
    pub fn title(self) -> Option<&'a str> {
        self.text(&["metadata", "title"])
    }

    /// What to call the entity: a person's or group's display name, else the title, else the name.
    pub fn display_name(self) -> &'a str {
        self.text(&["spec", "profile", "displayName"])
            .or_else(|| self.title())
            .unwrap_or_else(|| self.name())
    }

    /// `metadata.description`.
    pub fn description(self) -> Option<&'a str> {
        self.text(&["metadata", "description"])
    }

    /// `metadata.tags`.
    pub fn tags(self) -> impl Iterator<Item = &'a str> {
        self.texts(&["metadata", "tags"])
    }

    /// `metadata.labels`.
    pub fn labels(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.pairs(&["metadata", "labels"])
    }

    /// `metadata.annotations`.
    pub fn annotations(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.pairs(&["metadata", "annotations"])
    }

    /// The annotation with this key.
    pub fn annotation(self, key: &str) -> Option<&'a str> {
        self.text(&["metadata", "annotations", key])
    }

    /// `metadata.links` without those whose address a page must not render.
    pub fn links(self) -> impl Iterator<Item = Link> + use<'a> {
        self.list(&["metadata", "links"]).filter_map(|link| {
            let text = |key| EntityView(link).text(&[key]);
            let url = text("url").filter(|url| is_safe_link(url))?;
            Some(Link {
                url: url.to_owned(),
                title: text("title").unwrap_or(url).to_owned(),
                icon: text("icon").map(str::to_owned),
                kind: text("type").map(str::to_owned),
            })
        })
    }

    /// Where the source can be read in a browser, if it is safe to go there.
    pub fn view_url(self) -> Option<&'a str> {
        self.annotation(VIEW_URL).filter(|url| is_safe_link(url))
    }

    /// Where the source can be edited in a browser, if it is safe to go there.
    pub fn edit_url(self) -> Option<&'a str> {
        self.annotation(EDIT_URL).filter(|url| is_safe_link(url))
    }

    /// Whether no location mentions the entity any more.
    pub fn is_orphan(self) -> bool {
        self.annotation(ORPHAN) == Some("true")
    }

    /// `spec`, if it is a mapping.
    pub fn spec(self) -> Option<&'a Map<String, Value>> {
        self.at(&["spec"]).and_then(Value::as_object)
    }

    /// `spec.type`.
    pub fn spec_type(self) -> Option<&'a str> {
        self.text(&["spec", "type"])
    }

    /// `spec.lifecycle`.
    pub fn lifecycle(self) -> Option<&'a str> {
        self.text(&["spec", "lifecycle"])
    }

    /// `spec.owner`, as written.
    pub fn owner(self) -> Option<&'a str> {
        self.text(&["spec", "owner"])
    }

    /// `spec.owner` as an identity: a group of the same namespace unless it says otherwise.
    pub fn owner_ref(self) -> Option<EntityRef> {
        self.reference("owner", "group")
    }

    /// `spec.system` as an identity.
    pub fn system_ref(self) -> Option<EntityRef> {
        self.reference("system", "system")
    }

    /// `spec.domain` as an identity.
    pub fn domain_ref(self) -> Option<EntityRef> {
        self.reference("domain", "domain")
    }

    fn reference(self, field: &str, default_kind: &str) -> Option<EntityRef> {
        let text = self.text(&["spec", field])?;
        EntityRef::parse_with(text, Some(default_kind), Some(self.namespace())).ok()
    }

    /// `spec.definition` of an API.
    pub fn definition(self) -> Option<&'a str> {
        self.text(&["spec", "definition"])
    }

    /// `spec.profile.email` of a user or group.
    pub fn email(self) -> Option<&'a str> {
        self.text(&["spec", "profile", "email"])
    }

    /// `spec.profile.picture` of a user or group, if it is a web address.
    pub fn picture(self) -> Option<&'a str> {
        self.text(&["spec", "profile", "picture"])
            .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
    }
}
