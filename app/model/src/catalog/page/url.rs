//! The catalog page's state in a URL, as Backstage writes it: `filters[kind]=api&limit=20`.
//! Reading never fails: what is not understood is left out.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::selection::{OwnerFilter, PersonalFilter, Sort};
use super::state::{CatalogQuery, DEFAULT_KIND, DEFAULT_LIMIT, group};

/// What a query value may carry as it is; colons and slashes keep entity refs readable.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'/')
    .remove(b',')
    .remove(b'@');

impl CatalogQuery {
    /// Reads a query string, with or without its `?`.
    #[must_use]
    pub fn from_query_string(text: &str) -> Self {
        let mut query = Self::default();
        for (key, value) in pairs(text) {
            query.read(&key, value);
        }
        query.normalised()
    }

    /// The shortest query string that reads back as this state, without `?`; empty for the
    /// default page. Parts at their default are left out.
    #[must_use]
    pub fn to_query_string(&self) -> String {
        let mut out = Pairs::default();
        self.write_filters(&mut out);
        if self.sort != Sort::default() {
            out.push("sort", &self.sort.token());
        }
        if !self.columns.is_empty() {
            out.push("columns", &self.columns.join(","));
        }
        if self.limit != DEFAULT_LIMIT {
            out.push("limit", &self.limit.to_string());
        }
        if self.offset != 0 {
            out.push("offset", &self.offset.to_string());
        }
        out.text
    }

    /// The page's address: `/catalog`, with this state.
    #[must_use]
    pub fn href(&self) -> String {
        match self.to_query_string().as_str() {
            "" => "/catalog".to_owned(),
            query => format!("/catalog?{query}"),
        }
    }

    fn write_filters(&self, out: &mut Pairs) {
        if self.kind != DEFAULT_KIND {
            out.filter("kind", &self.kind);
        }
        if self.user != PersonalFilter::All {
            out.filter("user", self.user.token());
        }
        for (group, values) in self.chosen() {
            for value in values {
                out.filter(&group, &value);
            }
        }
        if self.orphan {
            out.filter("orphan", "true");
        }
        if !self.text.is_empty() {
            out.filter("text", &self.text);
        }
    }

    fn read(&mut self, key: &str, value: String) {
        match key {
            "sort" => self.sort = Sort::from_token(&value),
            "columns" => self.columns.push(value),
            "limit" => self.limit = value.trim().parse().unwrap_or(DEFAULT_LIMIT),
            "offset" => self.offset = value.trim().parse().unwrap_or(0),
            _ => {
                if let Some(name) = filter_name(key) {
                    self.read_filter(name, value);
                }
            }
        }
    }

    fn read_filter(&mut self, name: &str, value: String) {
        match name {
            "kind" => self.kind = value,
            "user" => self.user = PersonalFilter::from_token(&value),
            "text" => self.text = value,
            "orphan" => self.orphan = value.trim().eq_ignore_ascii_case("true"),
            group::OWNERS => self.owners.extend(OwnerFilter::from_token(&value)),
            group::TYPE => self.types.push(value),
            group::LIFECYCLES => self.lifecycles.push(value),
            group::TAGS => self.tags.push(value),
            group::NAMESPACE => self.namespaces.push(value),
            id => self.fields.entry(id.to_owned()).or_default().push(value),
        }
    }
}

/// `filters[owners]`, `filters[owners][]` and `filters[owners][0]` all mean `owners`.
fn filter_name(key: &str) -> Option<&str> {
    let (name, rest) = key.strip_prefix("filters[")?.split_once(']')?;
    let list = rest.is_empty() || (rest.starts_with('[') && rest.ends_with(']'));
    (list && !name.is_empty()).then_some(name)
}

/// The names and values of a query string, with or without its `?`, decoded. A name without `=`
/// has the empty value.
pub fn pairs(text: &str) -> impl DoubleEndedIterator<Item = (String, String)> + '_ {
    let text = text.strip_prefix('?').unwrap_or(text);
    text.split('&').filter(|part| !part.is_empty()).map(|part| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(key), decode(value))
    })
}

fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    let bytes = percent_decode_str(&spaced);
    match bytes.clone().decode_utf8() {
        Ok(text) => text.into_owned(),
        // What is no text is left out, rather than shown as a mark that nobody typed.
        Err(_) => {
            let text = bytes.decode_utf8_lossy();
            text.replace(char::REPLACEMENT_CHARACTER, "")
        }
    }
}

#[derive(Default)]
struct Pairs {
    text: String,
}

impl Pairs {
    fn push(&mut self, key: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.push_str(key);
        self.text.push('=');
        self.text.extend(utf8_percent_encode(value, VALUE));
    }

    fn filter(&mut self, name: &str, value: &str) {
        let name = utf8_percent_encode(name, VALUE);
        self.push(&format!("filters[{name}]"), value);
    }
}
