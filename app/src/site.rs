//! What a page loads of the built site: script, module and style by the names that the build gave
//! them. Leptos looks for those names in a file beside the executable, at every page.

use leptos::nonce::use_nonce;

use crate::prelude::*;

/// Addresses of what a page loads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFiles {
    script: String,
    module: String,
    style: String,
}

impl Default for SiteFiles {
    /// Without hashes, as the edit loop builds them.
    fn default() -> Self {
        Self::hashed("")
    }
}

impl SiteFiles {
    /// By the list that the build writes: `js: …`, `wasm: …`, `css: …`.
    #[must_use]
    pub fn hashed(list: &str) -> Self {
        let name = |extension: &str| {
            let mut lines = list.lines().filter_map(|line| line.split_once(':'));
            let own = lines.find(|(known, _)| known.trim() == extension);
            match own.map(|(_, hash)| hash.trim()) {
                Some(hash) => format!("/pkg/perilune.{hash}.{extension}"),
                None => format!("/pkg/perilune.{extension}"),
            }
        };
        Self {
            script: name("js"),
            module: name("wasm"),
            style: name("css"),
        }
    }
}

/// The style sheet.
#[component]
pub(crate) fn Style(files: SiteFiles) -> impl IntoView {
    leptos::view! { <link id="perilune-style" rel="stylesheet" href=files.style/> }
}

/// Brings the page to life.
#[component]
pub(crate) fn Scripts(files: SiteFiles) -> impl IntoView {
    let nonce = use_nonce();
    let SiteFiles { script, module, .. } = files;
    let start = format!(
        "import({script:?}).then(page => page.default({{module_or_path: {module:?}}}).then(() => page.hydrate()))"
    );
    leptos::view! {
        <link rel="modulepreload" href=script crossorigin="anonymous"/>
        <link rel="preload" href=module r#as="fetch" type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=nonce>{start}</script>
    }
}

#[cfg(test)]
mod tests {
    use super::SiteFiles;

    #[test]
    fn names_are_those_of_the_build() {
        let files = SiteFiles::hashed("js: a-1\nwasm: b_2\ncss: c3\n");
        assert_eq!(files.script, "/pkg/perilune.a-1.js");
        assert_eq!(files.module, "/pkg/perilune.b_2.wasm");
        assert_eq!(files.style, "/pkg/perilune.c3.css");
        assert_eq!(SiteFiles::default().module, "/pkg/perilune.wasm");
    }
}
