//! The command line: what an operator can ask the program to do.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Parser, Subcommand};
use serde::{Deserialize, Serialize};
use verification::DisclosureId;

use crate::backup::{BackUp, Restore};
use crate::config::{self, Given, KEYS, Loaded, Source};
use crate::verify::{Verify, What};

/// Tulou, the self-hosted suite for a company. Without a command it serves.
#[derive(Parser)]
#[command(name = "tulou", version, arg_required_else_help = false, disable_help_subcommand = true)]
struct Arguments {
    /// Configuration file; else TULOU_CONFIG, ./tulou.toml, /etc/tulou/tulou.toml
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Data directory (TULOU_DATA)
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<String>,
    /// Address and port to answer on (TULOU_LISTEN)
    #[arg(long, global = true, value_name = "ADDRESS")]
    listen: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server
    Serve {
        /// What this node does: web, worker or all (TULOU_ROLE)
        #[arg(long, value_name = "ROLE")]
        role: Option<String>,
    },
    /// Say what is wrong on this machine and what to do about it
    Doctor,
    /// The configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print the API document
    Openapi,
    /// Print what the privacy documents have to say of the data map; for developers
    #[command(hide = true)]
    Facts,
    /// Bring the database to this version and end
    Migrate,
    /// The key ring
    #[command(subcommand)]
    KeyRing(KeyRingCommand),
    /// Acts of the operator
    #[command(subcommand)]
    Admin(AdminCommand),
    /// The audit log
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Make a backup in a folder, while the server runs or not
    Backup(BackUp),
    /// Put a backup into a data directory with nothing in it but the master key
    Restore(Restore),
    /// Look whether this installation is whole; or a backup, or what an installation gave out
    Verify(Verify),
    /// Fill an empty data directory with an invented company of 48 people, to try Tulou with
    Demo {
        /// When the story ends; else the last noon in Hangzhou. With the same end every id and time is the same
        #[arg(long, value_name = "INSTANT")]
        until: Option<DateTime<Utc>>,
    },
    /// Ask a running server whether it answers
    Healthcheck,
    /// Print the version
    Version,
    /// Read what a stranger sent, in a process that can do nothing else; started by the server
    #[command(subcommand, hide = true)]
    Worker(WorkerCommand),
}

#[derive(Subcommand)]
enum WorkerCommand {
    /// A picture, from standard input to standard output
    Picture,
}

#[derive(Subcommand)]
enum KeyRingCommand {
    /// Say that it stands where `key_ring` says now: its files are there, and every server is stopped
    Moved,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Name every wrong setting with its place
    Check,
    /// Print every setting and where it came from
    Show,
}

#[derive(Subcommand, Clone, Debug, Serialize, Deserialize)]
pub enum AdminCommand {
    /// Make a code with which an organisation is founded; the one before is worth nothing any more
    SetupCode,
    /// Give the last owner of an organisation a one-time password
    ResetOwnerPassword {
        /// The organisation's short name
        organisation: String,
    },
    /// List what there is: `organisations`
    #[command(subcommand)]
    List(Listed),
    /// Who may sign in to the operator's console
    #[command(subcommand)]
    Operator(OperatorCommand),
    /// Suspend an organisation, let it go on, limit it
    #[command(subcommand)]
    Organisation(OrganisationCommand),
    /// Organisations that ask to be verified
    #[command(subcommand)]
    Verification(VerificationCommand),
    /// Say where the database differs from the data map, by the look of the day; `--now` looks first
    Drifts {
        #[arg(long)]
        now: bool,
    },
    /// As `tulou audit`
    #[command(subcommand, hide = true)]
    Audit(AuditCommand),
    /// As `tulou verify`
    #[command(hide = true)]
    Verify {
        /// Everything
        #[arg(long)]
        all: bool,
    },
}

#[derive(Subcommand, Clone, Debug, Serialize, Deserialize)]
pub enum OperatorCommand {
    /// Add one, or give one a new password: printed once, good for 14 days, to be changed at the first sign-in
    Add { name: String },
    /// List them
    List,
    /// Remove one; what they have open ends at once
    Remove { name: String },
    /// Show the newest fifty sign-ins, changed passwords, founding codes, operators added and removed
    Log,
}

#[derive(Subcommand, Clone, Debug, Serialize, Deserialize)]
pub enum OrganisationCommand {
    /// Let nobody into it; nothing is deleted
    Suspend {
        /// The organisation's short name
        organisation: String,
        /// Why, for operators
        #[arg(long)]
        reason: String,
    },
    /// Let its people in again
    Resume {
        /// The organisation's short name
        organisation: String,
    },
    /// Say how much it may have; what is not named stays as it is
    Limit {
        /// The organisation's short name
        organisation: String,
        /// People who are not erased, or `none`
        #[arg(long, value_name = "NUMBER|none")]
        people: Option<Most<i32>>,
        /// GiB of files, or `none`
        #[arg(long, value_name = "NUMBER|none")]
        storage_gib: Option<Most<u32>>,
    },
    /// Print the certificate that an organisation which was dissolved is erased, for those who owned it
    Certificate {
        /// Its id, as `tulou admin operator log` tells it
        organisation: String,
    },
}

/// A limit, or that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Most<N> {
    /// So many.
    Of(N),
    /// As many as it wants.
    Any,
}

impl<N> Most<N> {
    /// As it is kept.
    pub fn limit(self) -> Option<N> {
        match self {
            Self::Of(number) => Some(number),
            Self::Any => None,
        }
    }
}

impl<N: FromStr> FromStr for Most<N> {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "none" => Ok(Self::Any),
            _ => text.parse().map(Self::Of).map_err(|_| "it is a whole number or `none`"),
        }
    }
}

#[derive(Subcommand, Clone, Debug, Serialize, Deserialize)]
pub enum VerificationCommand {
    /// List the organisations that wait for a decision
    List,
    /// Show what an organisation says it is, and its documents
    Show {
        /// The organisation's short name
        organisation: String,
    },
    /// Write a document to standard output; the organisation's audit log says so
    Document {
        /// The organisation's short name
        organisation: String,
        /// Which, as `show` counts them
        number: usize,
    },
    /// Say that it is what it says
    Verify {
        /// The organisation's short name
        organisation: String,
    },
    /// Say that it has not shown it
    Refuse {
        /// The organisation's short name
        organisation: String,
        /// Why; the organisation reads it
        #[arg(long)]
        reason: String,
    },
    /// Write down what was handed to an authority because the law says so; the organisation reads it, nothing takes it back
    Disclose {
        /// The organisation's short name
        organisation: String,
        /// To which authority, or to whom it named
        #[arg(long, value_name = "TEXT")]
        to: String,
        /// On what legal ground, with the number of the order
        #[arg(long, value_name = "TEXT")]
        ground: String,
        /// What: claim, documents, contact
        #[arg(long, value_delimiter = ',', required = true)]
        what: Vec<String>,
        /// When
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: NaiveDate,
        /// The record this one corrects, as `show` names it
        #[arg(long, value_name = "ID")]
        corrects: Option<DisclosureId>,
    },
}

#[derive(Subcommand, Clone, Debug, Serialize, Deserialize)]
pub enum AuditCommand {
    /// Find lines of the audit log that were changed, taken out, put elsewhere or cut off; fails when there are any
    Verify {
        /// The organisation's short name; else all of them
        organisation: Option<String>,
        /// What an earlier run said to note, LINE:LINK: proves that nothing was cut off since
        #[arg(long, requires = "organisation", value_name = "LINE:LINK")]
        noted: Option<String>,
    },
}

#[derive(Subcommand, Clone, Copy, Debug, Serialize, Deserialize)]
pub enum Listed {
    /// The organisations of this installation
    Organisations,
}

/// The whole program.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let command = arguments.command.unwrap_or(Command::Serve { role: None });
    match command {
        Command::Version => {
            println!("tulou {}", crate::VERSION);
            return ExitCode::SUCCESS;
        }
        Command::Openapi => return printed(crate::openapi::document()),
        Command::Facts => return printed(crate::modules::facts()),
        Command::Verify(Verify { what: Some(What::Erasure { certificate, key }), .. }) => {
            return crate::verify::erasure(&certificate, key.as_deref());
        }
        Command::Worker(WorkerCommand::Picture) => return ended(files::worker::run()),
        _ => {}
    }
    let mut given = Given::from_process();
    given.file = arguments.config;
    let role = if let Command::Serve { role } = &command { role.clone() } else { None };
    given.flags = [("data", arguments.data), ("listen", arguments.listen), ("role", role)]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    let loaded = match config::load(&given) {
        Ok(loaded) => loaded,
        Err(problems) => {
            eprint!("{problems}");
            return ExitCode::from(2);
        }
    };
    match command {
        Command::Config(ConfigCommand::Check) => check(&loaded),
        Command::Config(ConfigCommand::Show) => show(&loaded),
        Command::Healthcheck => ended(crate::healthcheck::ask(&loaded.config)),
        command => work(command, loaded),
    }
}

/// The commands that need more than the configuration.
fn work(command: Command, loaded: Loaded) -> ExitCode {
    crate::log::start(&loaded.config);
    for problem in &loaded.unknown_variables {
        tracing::warn!("{problem}");
    }
    let config = loaded.config;
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return ended(Err(error.into())),
    };
    runtime.block_on(async {
        match command {
            Command::Doctor => crate::doctor::run(&config).await,
            Command::Demo { until } => ended(crate::demo::run(&config, until).await),
            Command::Migrate => ended(crate::start::migrate(&config).await),
            Command::KeyRing(KeyRingCommand::Moved) => ended(crate::start::moved(&config).await),
            Command::Backup(asked) => ended(crate::backup::make(&config, asked).await),
            Command::Restore(asked) => ended(crate::backup::restore(&config, asked).await),
            Command::Verify(Verify { what: Some(What::Backup { folder, at }), .. }) => {
                ended(crate::backup::check(&config, folder.as_deref(), at.as_deref()))
            }
            Command::Verify(Verify { all, .. }) => {
                ended(crate::admin::run(&config, AdminCommand::Verify { all }).await)
            }
            Command::Audit(command) => ended(crate::admin::run(&config, AdminCommand::Audit(command)).await),
            Command::Admin(command) => ended(crate::admin::run(&config, command).await),
            _ => ended(crate::serve::run(config).await),
        }
    })
}

fn ended(outcome: anyhow::Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tulou: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn check(loaded: &Loaded) -> ExitCode {
    for problem in &loaded.unknown_variables {
        eprintln!("{problem}");
    }
    if !loaded.unknown_variables.is_empty() {
        return ExitCode::from(2);
    }
    println!("The configuration is in order.");
    ExitCode::SUCCESS
}

fn show(loaded: &Loaded) -> ExitCode {
    let lines = KEYS.iter().map(|key| {
        let source = loaded.sources.get(key.name).unwrap_or(&Source::Default);
        let value = (key.show)(&loaded.config);
        format!("{:<22} {:<40} {source}\n", key.name, if value.is_empty() { "-" } else { &value })
    });
    // Whoever reads on may have read enough.
    match std::io::stdout().write_all(lines.collect::<String>().as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => ended(Err(error.into())),
        _ => ExitCode::SUCCESS,
    }
}

fn printed(text: anyhow::Result<String>) -> ExitCode {
    match text {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => ended(Err(error)),
    }
}
