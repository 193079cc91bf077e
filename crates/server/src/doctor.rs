//! `tulou doctor`: looks at everything a start needs, says what is wrong and what to do. Whether there is room and
//! leave to write can only be tried in the data directory: where there is none it is made for that, and taken away again.

use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use cluster::Claim;
use files::S3Settings;
use kernel::{Clock, Random, SystemClock, SystemRandom};
use sqlx::postgres::PgConnectOptions;
use uuid::Uuid;

use crate::backup::{self, Last};
use crate::checks::{self, CheckState};
use crate::cli::AdminCommand;
use crate::config::Config;
use crate::control;
use crate::drifts;
use crate::healthcheck;
use crate::start::database::{self, Database};
use crate::start::{data_dir, port, ring};

/// Hours after which a backup that is made every night has failed more than once.
const STALE_AFTER: i64 = 48;

/// One line of the report.
struct Finding {
    state: CheckState,
    what: &'static str,
    text: String,
}

pub async fn run(config: &Config) -> ExitCode {
    let (is_new, was_there) = (!config.data.join("keys").exists(), config.data.exists());
    let mut findings = vec![data_directory(config), disk(config), master_key(config), transport(config)];
    findings.extend(files_store(config).await);
    let is_running = running(config);
    findings.push(address(config, is_running));
    if is_running {
        findings.push(answers(config));
        findings.extend(reality_told(config).await);
    } else if is_new && config.database_url.is_none() {
        let text = "private, is made at the first start".to_owned();
        findings.push(Finding { state: CheckState::Ok, what: "database", text });
    } else {
        findings.extend(database(config).await);
    }
    findings.extend(nodes(config).await);
    findings.extend(nats(config).await);
    findings.extend(last_backup(config));
    if !was_there {
        forget(&config.data);
    }
    for Finding { state, what, text } in &findings {
        let mark = match state {
            CheckState::Ok => "ok  ",
            CheckState::Warn => "warn",
            CheckState::Bad => "BAD ",
        };
        println!("{mark}  {what:<15} {text}");
    }
    if findings.iter().any(|finding| finding.state == CheckState::Bad) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// What trying left, and nothing that somebody else has put there meanwhile.
fn forget(data: &Path) {
    // Whoever holds the directory by now works in it.
    let Ok(_held) = Claim::take(data) else { return };
    let files = data.join("files");
    let left = [
        fs::remove_file(data.join("tulou.lock")),
        fs::remove_dir(files.join("segments")),
        fs::remove_dir(files),
        fs::remove_dir(data),
    ];
    if let Some(Err(error)) = left.into_iter().find(|one| one.as_ref().is_err_and(|e| e.kind() != ErrorKind::NotFound))
    {
        tracing::debug!(%error, "the data directory that was tried stays");
    }
}

fn finding(what: &'static str, outcome: anyhow::Result<String>) -> Finding {
    match outcome {
        Ok(text) => Finding { state: CheckState::Ok, what, text },
        Err(error) => Finding { state: CheckState::Bad, what, text: format!("{error:#}") },
    }
}

fn data_directory(config: &Config) -> Finding {
    finding("data directory", data_dir::prepare(config).map(|()| config.data.display().to_string()))
}

fn disk(config: &Config) -> Finding {
    let disk = checks::disk_of(&config.data);
    let mib = disk.free_bytes / 1024 / 1024;
    let state = checks::disk(disk).state;
    let text = match state {
        CheckState::Ok => format!("{mib} MiB free"),
        _ => format!("only {mib} MiB free: make room, or move the data directory to a larger disk"),
    };
    Finding { state, what: "disk", text }
}

fn master_key(config: &Config) -> Finding {
    let path = config.master_key();
    let what = "master key";
    match fs::metadata(&path) {
        Ok(facts) if facts.permissions().mode() & 0o077 != 0 => Finding {
            state: CheckState::Bad,
            what,
            text: format!("others may read {}: chmod 600 {}", path.display(), path.display()),
        },
        Ok(_) => Finding {
            state: CheckState::Ok,
            what,
            text: format!("{} (keep a copy of it elsewhere: without it nothing can be read)", path.display()),
        },
        Err(_) if config.data.join("keys").exists() => Finding {
            state: CheckState::Bad,
            what,
            text: format!("{} is missing: put back the copy; a new one opens nothing", path.display()),
        },
        Err(_) => Finding { state: CheckState::Ok, what, text: "is made at the first start".to_owned() },
    }
}

/// How old the last backup is; of a database of one's own nobody tells us.
fn last_backup(config: &Config) -> Option<Finding> {
    let is_whole = backup::demand_whole(&config.data);
    if config.database_url.is_some() || (is_whole.is_ok() && !config.data.join("keys").exists()) {
        return None;
    }
    let (state, text) = match backup::last(&config.data) {
        None => (
            CheckState::Warn,
            "none was made: `tulou backup`, every night, onto another disk or into a bucket".to_owned(),
        ),
        Some(Last { id, place, at }) => {
            let hours = (SystemClock.now() - at).num_hours();
            let state = if hours > STALE_AFTER { CheckState::Warn } else { CheckState::Ok };
            (state, format!("{id} in {place}, {hours} hours old"))
        }
    };
    let (state, text) = match is_whole {
        Ok(()) => (state, text),
        Err(error) => (CheckState::Bad, error.to_string()),
    };
    Some(Finding { state, what: "backup", text })
}

fn transport(config: &Config) -> Finding {
    let what = "transport";
    if let (Some(certificate), Some(key)) = (&config.tls_certificate, &config.tls_key) {
        let unreadable = [certificate, key].into_iter().find(|path| fs::File::open(path).is_err());
        return match unreadable {
            Some(path) => Finding {
                state: CheckState::Bad,
                what,
                text: format!("{} cannot be read by this user", path.display()),
            },
            None => Finding { state: CheckState::Ok, what, text: "HTTPS with the certificate files".to_owned() },
        };
    }
    if !config.trusted_proxies.is_empty() {
        return Finding { state: CheckState::Ok, what, text: format!("HTTPS at a proxy, {}", config.public_url) };
    }
    if config.listen.ip().is_loopback() {
        return Finding {
            state: CheckState::Ok,
            what,
            text: "this machine only; for others set tls.certificate, or a proxy".to_owned(),
        };
    }
    let text =
        "other machines are answered with an explanation only: set tls.certificate and tls.key, or trusted_proxies"
            .to_owned();
    Finding { state: CheckState::Warn, what, text }
}

/// The folder of files or the buckets: tried with a small object that is taken away again.
async fn files_store(config: &Config) -> Vec<Finding> {
    let what = "files";
    let mut bytes = [0; 16];
    SystemRandom.fill(&mut bytes);
    let object = Uuid::from_bytes(bytes);
    let mut findings = match config.files_s3() {
        Some(s3) => bucket(what, (files::HOST, s3), object).await,
        None => vec![files_folder(config, object).await],
    };
    if let Some(s3) = config.backup_s3() {
        findings.extend(bucket("backups", (backup::HOST, s3), object).await);
    }
    findings
}

async fn bucket(what: &'static str, (host, s3): (&str, &S3Settings), object: Uuid) -> Vec<Finding> {
    let tried = async {
        let map = kernel::data_map(&crate::modules::all()).map_err(anyhow::Error::new)?;
        let S3Settings { patience, repeats, .. } = S3Settings::default();
        files::try_out(&map, host, &S3Settings { patience, repeats, ..s3.clone() }, object).await
    };
    let outcome = tried.await.with_context(|| format!("the bucket {} at {}", s3.bucket, s3.endpoint));
    let mut findings =
        vec![finding(what, outcome.map(|()| format!("the bucket {} takes, gives and forgets", s3.bucket)))];
    if s3.endpoint.starts_with("http://") && !is_loopback(&s3.endpoint) {
        let named = s3.named;
        let text = format!(
            "{named}.endpoint is not https: what goes there is sealed, but whoever listens can see and replay requests"
        );
        findings.push(Finding { state: CheckState::Warn, what, text });
    }
    findings
}

async fn files_folder(config: &Config, object: Uuid) -> Finding {
    let folder = config.data.join("files");
    let outcome = files::try_out_folder(&config.data, object).await.map_err(anyhow::Error::new);
    let mib = checks::disk_of(&folder).free_bytes / 1024 / 1024;
    let outcome =
        outcome.with_context(|| format!("{} cannot be written: check its owner and its disk", folder.display()));
    finding("files", outcome.map(|()| format!("{} takes, gives and forgets; {mib} MiB free", folder.display())))
}

fn is_loopback(endpoint: &str) -> bool {
    let host = endpoint.split("://").nth(1).unwrap_or_default();
    host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]")
}

/// Somebody holds the data directory.
fn running(config: &Config) -> bool {
    matches!(Claim::take(&config.data), Err(cluster::Error::AlreadyRunning { .. }))
}

fn address(config: &Config, is_running: bool) -> Finding {
    let what = "address";
    if is_running {
        return Finding { state: CheckState::Ok, what, text: format!("{} (a Tulou is running)", config.listen) };
    }
    finding(
        what,
        port::listen(config.listen).map(|free: TcpListener| drop(free)).map(|()| format!("{} is free", config.listen)),
    )
}

fn answers(config: &Config) -> Finding {
    finding("server", healthcheck::ask(config).map(|()| "is running and answers".to_owned()))
}

/// Whether nodes that share the database would hear each other: a pooler in between takes that away without a word.
async fn nodes(config: &Config) -> Option<Finding> {
    let shared = config.database_url.as_ref()?;
    let heard = config.database_direct_url.as_ref().unwrap_or(shared);
    let tried = async {
        let (telling, listening): (PgConnectOptions, PgConnectOptions) = (shared.parse()?, heard.parse()?);
        bus::is_heard(&listening, &telling).await.map_err(anyhow::Error::new)
    };
    let (state, text) = match tried.await {
        Ok(true) => (CheckState::Ok, "what one would tell, others would hear".to_owned()),
        Ok(false) => {
            let text = "none would hear another through a pooler: let database.direct_url lead to the database itself";
            (CheckState::Warn, text.to_owned())
        }
        Err(error) => (CheckState::Warn, format!("whether they would hear each other cannot be tried: {error:#}")),
    };
    Some(Finding { state, what: "nodes", text })
}

/// Whether NATS takes and gives what nodes tell each other. Without it they hear each other by the database.
async fn nats(config: &Config) -> Vec<Finding> {
    let what = "nats";
    let Some(nats) = config.nats() else { return Vec::new() };
    let otherwise = "nodes hear each other by the database until it does";
    let heard = match kernel::data_map(&crate::modules::all()) {
        Ok(map) => bus::is_heard_by(&map, &nats).await,
        Err(error) => Err(error.code()),
    };
    let (state, text) = match heard {
        Ok(true) => (CheckState::Ok, "what is published below tulou. is heard".to_owned()),
        Ok(false) => (
            CheckState::Warn,
            format!("gives nothing back: let this user publish and subscribe below tulou.; {otherwise}"),
        ),
        Err(code) => (CheckState::Warn, format!("does not answer ({code}): check bus.nats; {otherwise}")),
    };
    let mut findings = vec![Finding { state, what, text }];
    if !nats.is_private() {
        let text = "bus.nats.url is not tls: ids and numbers only, but whoever listens sees who is busy when";
        findings.push(Finding { state: CheckState::Warn, what, text: text.to_owned() });
    }
    findings
}

/// Starts the private database for the look, and stops it again. The key ring is looked at with it: it has to be the one
/// the database belongs to.
async fn database(config: &Config) -> Vec<Finding> {
    let what = "database";
    let database = match Database::open(config).await {
        Ok(database) => database,
        Err(error) => return vec![finding(what, Err(error))],
    };
    let seen = look(&database).await;
    let is_seen = seen.is_ok();
    let mut findings = vec![finding(what, seen)];
    if is_seen {
        findings.push(finding("key ring", ring::look(config, &database).await));
        findings.extend(reality_read(&database).await);
    }
    if let Err(error) = database.stop().await {
        findings.push(finding(what, Err(error)));
    }
    findings
}

/// By the last look, as the running server tells it.
async fn reality_told(config: &Config) -> Option<Finding> {
    let told = control::ask(&config.data, &AdminCommand::Drifts { now: false }).await.ok()??;
    let text = told.lines().next().unwrap_or_default().to_owned();
    let state = drifts::state_of(&text);
    Some(Finding { state, what: "data map", text })
}

/// The same where none runs; nothing of a database that is new.
async fn reality_read(database: &Database) -> Option<Finding> {
    let mut owner = database.owner_connection().await.ok()?;
    let found = reality::standing(&mut owner, (None, SystemClock.now())).await.ok()?;
    let text = drifts::summary(&found);
    Some(Finding { state: drifts::state_of(&text), what: "data map", text })
}

async fn look(database: &Database) -> anyhow::Result<String> {
    let mut owner = database.owner_connection().await?;
    let facts = database::facts(&mut owner).await?;
    let version = facts.version_name;
    Ok(match database {
        Database::Private(_) => format!("private, PostgreSQL {version}"),
        Database::External { .. } if facts.is_tls => format!("external, PostgreSQL {version}, over TLS"),
        Database::External { .. } => format!("external, PostgreSQL {version}, not encrypted on the way"),
    })
}
