//! `perilune check`: the catalog's own rules applied to files, for people and for CI, and what
//! the files would change in a running portal.

mod github;
mod json;
mod portal;
mod repository;
mod text;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use catalog::check::{CheckError, CheckOptions, Checked, Comparison, Place, TreeOrigin};
use catalog::store::StoredProblem;
use model::catalog::{KindSet, LocationRef, LocationRefError};

use self::portal::{AskError, Portal};

/// What is to be checked, and how it is told.
#[derive(Debug, clap::Args)]
pub struct CheckArguments {
    /// Files, directories and globs.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Also warns about references to entities that are not among the files.
    #[arg(long, conflicts_with = "against")]
    references: bool,
    /// Tells what the files would change in the portal at this address. A token for it is read from
    /// PERILUNE_TOKEN or from --token-file.
    #[arg(long, value_name = "URL")]
    against: Option<String>,
    /// A file with the token; `PERILUNE_TOKEN` counts without.
    #[arg(long, value_name = "FILE", requires = "against")]
    token_file: Option<PathBuf>,
    /// Where the portal has the working directory, when that cannot be told from the entities:
    /// file:/srv/catalog or url:https://github.com/acme/pay/blob/main.
    #[arg(long = "as", value_name = "LOCATION", requires = "against")]
    seen_as: Option<String>,
    /// How it is told: for people, for programs, or as annotations of a pull request.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Github,
}

/// Why nothing can be told.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Check(#[from] CheckError),
    #[error("there is no working directory: {0}")]
    Directory(std::io::Error),
    #[error("--as {text}: {reason}")]
    Place {
        text: String,
        reason: LocationRefError,
    },
    #[error("{0}")]
    Ask(#[from] AskError),
}

/// What has been found.
struct Report {
    /// Everything that is wrong.
    problems: Vec<StoredProblem>,
    /// How many entities are good.
    entities: usize,
    comparison: Option<Compared>,
}

/// What the files would change, and where.
struct Compared {
    /// The portal's address.
    portal: String,
    comparison: Comparison,
}

/// The folders that paths are told relative to.
struct Folders {
    /// The working directory: for people.
    here: PathBuf,
    /// The repository's: for annotations.
    root: PathBuf,
}

/// Checks, and prints what was found. The status is 1 if anything is wrong, 2 if that could not
/// be told.
#[must_use]
pub fn run(arguments: &CheckArguments) -> ExitCode {
    match found(arguments) {
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(2)
        }
        Ok((report, folders)) => {
            let out = match arguments.format {
                Format::Text => text::written(&report, &folders.here),
                Format::Json => json::written(&report, &folders.here),
                Format::Github => github::written(&report, &folders.root),
            };
            print!("{out}");
            eprintln!("{}", text::summary(&report));
            ExitCode::from(u8::from(!report.problems.is_empty()))
        }
    }
}

fn found(arguments: &CheckArguments) -> Result<(Report, Folders), Failure> {
    let here = std::env::current_dir().map_err(Failure::Directory)?;
    let origin = repository::origin(&arguments.paths, &here);
    let folders = Folders {
        root: origin.root.clone(),
        here,
    };
    let report = match &arguments.against {
        None => alone(arguments, &folders.here)?,
        Some(address) => against(arguments, address, &origin, &folders.here)?,
    };
    Ok((report, folders))
}

fn alone(arguments: &CheckArguments, here: &Path) -> Result<Report, Failure> {
    let options = CheckOptions {
        kinds: KindSet::default(),
        references: arguments.references,
    };
    let found = Checked::read(&arguments.paths, here, &options.kinds)?.report(&options);
    Ok(Report {
        problems: found.problems,
        entities: found.entities,
        comparison: None,
    })
}

/// Reads the files while the portal answers.
fn against(
    arguments: &CheckArguments,
    address: &str,
    origin: &TreeOrigin,
    here: &Path,
) -> Result<Report, Failure> {
    let place = arguments.seen_as.as_deref();
    let place = place.map(|text| place_of(text, here)).transpose()?;
    let portal = Portal::at(address, arguments.token_file.as_deref())?;
    let (read, asked) = std::thread::scope(|scope| {
        let reading = scope.spawn(|| Checked::read(&arguments.paths, here, &KindSet::default()));
        let asked = portal.entities();
        let read = reading.join();
        (
            read.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            asked,
        )
    });
    let mut comparison = read?.against(&asked?, origin, place);
    let (added, changed) = (comparison.added.len(), comparison.changed.len());
    Ok(Report {
        problems: std::mem::take(&mut comparison.problems),
        entities: added + changed + comparison.same,
        comparison: Some(Compared {
            portal: portal.address(),
            comparison,
        }),
    })
}

/// `--as`: the working directory as the portal sees it.
fn place_of(text: &str, here: &Path) -> Result<Place, Failure> {
    let location = LocationRef::parse(text).map_err(|reason| Failure::Place {
        text: text.to_owned(),
        reason,
    })?;
    Ok(Place {
        folder: here.to_owned(),
        prefix: location.to_string().trim_end_matches('/').to_owned(),
    })
}

/// A path as it is told: relative to a folder, where it lies below.
fn shown(path: &Path, folder: &Path) -> String {
    let shown = path.strip_prefix(folder).unwrap_or(path);
    if shown.as_os_str().is_empty() {
        ".".to_owned()
    } else {
        shown.display().to_string()
    }
}

/// The file that a problem is in; `None` where it is none of these files.
fn file_of(problem: &StoredProblem, folder: &Path) -> Option<String> {
    let path = problem.location.strip_prefix("file:").map(Path::new)?;
    path.exists().then(|| shown(path, folder))
}
