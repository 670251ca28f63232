//! Puts the built site into the executable, for the feature `embed-site`: a table of the files below
//! `PERILUNE_SITE`, each in the forms that were made of it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// What one file is there as.
#[derive(Default)]
struct Forms {
    plain: Option<PathBuf>,
    br: Option<PathBuf>,
    gzip: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PERILUNE_SITE");
    if std::env::var_os("CARGO_FEATURE_EMBED_SITE").is_none() {
        return Ok(());
    }
    let site = std::env::var_os("PERILUNE_SITE").map(PathBuf::from);
    let site = site.ok_or(
        "embed-site needs PERILUNE_SITE, the folder of a built site: scripts/build.sh sets it",
    )?;
    println!("cargo::rerun-if-changed={}", site.display());
    let mut files = BTreeMap::new();
    find(&site, &site, &mut files)?;
    let hashes = site.join("hash.txt");
    let mut table = format!(
        "static HASHES: &str = include_str!({hashes:?});\nstatic FILES: &[EmbeddedFile] = &[\n"
    );
    for (path, forms) in &files {
        if path != "/hash.txt" {
            table.push_str(&entry(path, forms)?);
        }
    }
    table.push_str("];\n");
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    std::fs::write(PathBuf::from(out).join("site.rs"), table)?;
    Ok(())
}

fn find(
    root: &Path,
    folder: &Path,
    files: &mut BTreeMap<String, Forms>,
) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(root, &path, files)?;
            continue;
        }
        let name = path
            .strip_prefix(root)?
            .to_str()
            .ok_or("a name that is no text")?;
        let name = format!("/{name}");
        if let Some(name) = name.strip_suffix(".br") {
            files.entry(name.to_owned()).or_default().br = Some(path);
        } else if let Some(name) = name.strip_suffix(".gz") {
            files.entry(name.to_owned()).or_default().gzip = Some(path);
        } else {
            files.entry(name).or_default().plain = Some(path);
        }
    }
    Ok(())
}

fn entry(path: &str, forms: &Forms) -> Result<String, Box<dyn Error>> {
    let own = forms
        .plain
        .as_ref()
        .ok_or_else(|| format!("{path} is there only compressed"))?;
    let mut etag = String::new();
    for byte in Sha256::digest(std::fs::read(own)?).iter().take(8) {
        write!(etag, "{byte:02x}")?;
    }
    let bytes = |file: &Option<PathBuf>| match file {
        Some(file) => format!("Some(include_bytes!({file:?}))"),
        None => "None".to_owned(),
    };
    // Whoever takes neither form gets what the smaller of them holds.
    let plain = forms.plain.clone().filter(|_| forms.gzip.is_none());
    Ok(format!(
        "EmbeddedFile {{ path: {path:?}, etag: {etag:?}, plain: {}, br: {}, gzip: {} }},\n",
        bytes(&plain),
        bytes(&forms.br),
        bytes(&forms.gzip),
    ))
}
