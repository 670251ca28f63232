//! `perilune check`: the catalog's own rules applied to files, for people and for CI.

use std::path::PathBuf;
use std::process::ExitCode;

use catalog::check::{CheckOptions, check, format_problem};
use model::catalog::KindSet;

/// Prints every problem as `file:line:column`, what is wrong and what is expected.
/// The status is 1 if there is any, 2 if a path could not be read at all.
pub fn run(paths: &[PathBuf], references: bool) -> ExitCode {
    let cwd = std::env::current_dir().unwrap_or_default();
    let options = CheckOptions {
        kinds: KindSet::default(),
        references,
    };
    match check(paths, &cwd, &options) {
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
        Ok(report) => {
            for problem in &report.problems {
                println!("{}", format_problem(problem, &cwd));
            }
            let (found, read) = (report.problems.len(), report.entities);
            eprintln!("{read:?} entities read, {found} problems found");
            ExitCode::from(u8::from(found > 0))
        }
    }
}
