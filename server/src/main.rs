//! The command line: `perilune serve` and `perilune check`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server::check::{self, CheckArguments};
use server::{config::Config, logging, serve};

/// Perilune, the internal developer portal.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the portal until it is told to stop.
    Serve {
        /// Configuration file; several are merged in order.
        #[arg(long, required = true)]
        config: Vec<PathBuf>,
        /// Address to listen on, instead of `backend.listen`.
        #[arg(long, env = "PERILUNE_LISTEN")]
        listen: Option<String>,
        /// Database, instead of `backend.database`: `sqlite:FILE` or `postgres://…`.
        #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
        database: Option<String>,
        /// Log lines as JSON.
        #[arg(long, env = "PERILUNE_LOG_JSON")]
        log_json: bool,
    },
    /// Validates catalog files, and tells what they would change in a running portal. The status is
    /// 1 if anything is wrong, 2 if that could not be told.
    Check(CheckArguments),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Serve {
            config,
            listen,
            database,
            log_json,
        } => {
            logging::start(log_json);
            match Config::read(&config, listen.as_deref(), database.as_deref()) {
                Ok(config) => serve::run(config),
                Err(error) => {
                    eprintln!("{error}");
                    ExitCode::from(2)
                }
            }
        }
    }
}
