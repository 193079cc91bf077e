//! What the database is told: a small footprint at rest, durable, no network, and no content in its log.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::binaries::Installation;
use crate::os_user::OsUser;
use crate::places::Places;
use crate::settings::Profile;
use crate::{Error, Result};

const MIB: u64 = 1024 * 1024;

/// Who may come in: the two roles and the one that copies files, over the socket, from the users the map names. Nobody comes in
/// as superuser.
const ACCESS: &str =
    "local all tulou_owner,tulou_app peer map=tulou\nlocal replication,postgres tulou_backup peer map=tulou\n";

#[derive(Clone, Debug)]
pub struct Configuration {
    main: PathBuf,
    text: String,
}

impl Configuration {
    /// Writes the three files the database reads at its start.
    pub fn write(places: &Places, installation: &Installation, user: &OsUser, profile: Profile) -> Result<Self> {
        let dir = &places.configuration;
        let access = dir.join("pg_hba.conf");
        let map = dir.join("pg_ident.conf");
        write(&access, ACCESS)?;
        write(&map, &names(user))?;
        let files = [
            ("hba_file", quoted(&access)),
            ("ident_file", quoted(&map)),
            ("unix_socket_directories", quoted(&places.socket)),
        ];
        let mut text = String::from("# Written by Tulou at every start.\n");
        for (name, value) in files.iter().map(|(name, value)| (*name, value.as_str())) {
            text.push_str(&format!("{name} = {value}\n"));
        }
        for (name, value) in FIXED {
            text.push_str(&format!("{name} = {value}\n"));
        }
        text.push_str(&sized(memory()));
        text.push_str(match profile {
            Profile::Durable => DURABLE,
            Profile::Testing => TESTING,
        });
        if installation.major >= 18 {
            // Reading ahead in processes of their own costs three of them at rest. Without them a process reads one thing at a
            // time; room for 64 in each that could run is laid out at the start.
            text.push_str("io_method = sync\nio_max_concurrency = 4\nautovacuum_worker_slots = 2\n");
        }
        let configuration = Self { main: dir.join("postgresql.conf"), text };
        configuration.set_read_only(false)?;
        Ok(configuration)
    }

    pub fn path(&self) -> &Path {
        &self.main
    }

    /// Says whether new transactions may write; the database must then be told to read its files again. Both texts are as long,
    /// and one is written over the other: a full disk has no room for a new file.
    pub fn set_read_only(&self, is_read_only: bool) -> Result<()> {
        let last = if is_read_only { "on " } else { "off" };
        let text = format!("{}default_transaction_read_only = {last}\n", self.text);
        if fs::metadata(&self.main).is_ok_and(|present| present.len() == text.len() as u64) {
            let written =
                OpenOptions::new().write(true).open(&self.main).and_then(|mut file| file.write_all(text.as_bytes()));
            return written.map_err(|error| Error::at(&self.main, error));
        }
        write(&self.main, &text)
    }
}

const FIXED: &[(&str, &str)] = &[
    ("listen_addresses", "''"),
    ("unix_socket_permissions", "0700"),
    ("superuser_reserved_connections", "1"),
    // Shared memory is taken as it is used; huge pages would take all of it at once.
    ("huge_pages", "off"),
    ("jit", "off"),
    ("max_parallel_workers_per_gather", "0"),
    ("max_worker_processes", "2"),
    ("max_logical_replication_workers", "0"),
    ("autovacuum_max_workers", "2"),
    ("max_wal_senders", "2"),
    ("max_replication_slots", "2"),
    // No transaction of ours is serializable; room for the locks of such is laid out at the start.
    ("max_pred_locks_per_transaction", "10"),
    // A recycled segment would keep what was written in it before.
    ("wal_recycle", "off"),
    // The writer of the log touches all of them at rest; a batch of messages is a quarter of it.
    ("wal_buffers", "'1MB'"),
    ("min_wal_size", "'32MB'"),
    ("max_wal_size", "'512MB'"),
    ("checkpoint_timeout", "'10min'"),
    ("random_page_cost", "1.1"),
    ("timezone", "'UTC'"),
    ("log_timezone", "'UTC'"),
    ("lc_messages", "'C'"),
    ("default_text_search_config", "'pg_catalog.simple'"),
    // The log may say what happened, never with which values.
    ("log_min_messages", "log"),
    ("log_min_error_statement", "panic"),
    ("log_error_verbosity", "terse"),
    ("log_statement", "none"),
    ("log_parameter_max_length", "0"),
    ("log_parameter_max_length_on_error", "0"),
    ("log_checkpoints", "off"),
    ("log_autovacuum_min_duration", "-1"),
    ("logging_collector", "off"),
];

const DURABLE: &str = "fsync = on\nfull_page_writes = on\nsynchronous_commit = on\nmax_connections = 50\n";
const TESTING: &str =
    "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nmax_connections = 300\nautovacuum = off\n";

/// What grows with the machine; `total` is its memory in bytes.
fn sized(total: u64) -> String {
    let mib = total / MIB;
    let shared = (mib / 16).clamp(32, 256);
    let maintenance = (mib / 32).clamp(32, 256);
    let work = (mib / 1024).clamp(4, 16);
    let cache = (mib / 2).max(64);
    format!(
        "shared_buffers = '{shared}MB'\nmaintenance_work_mem = '{maintenance}MB'\nwork_mem = '{work}MB'\n\
         effective_cache_size = '{cache}MB'\n"
    )
}

/// The memory of the machine, or of the container where that is less.
fn memory() -> u64 {
    let machine = fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("MemTotal:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib * 1024)
    });
    let container =
        fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse::<u64>().ok());
    let machine = machine.unwrap_or(1024 * MIB);
    container.map_or(machine, |limit| limit.min(machine))
}

/// The users of the machine that may come in as the two roles.
fn names(user: &OsUser) -> String {
    let mut users = vec![&user.name];
    if user.is_other() {
        users.push(&user.started_by);
    }
    let mut text = String::new();
    for name in users {
        for role in ["tulou_owner", "tulou_app", "tulou_backup"] {
            text.push_str(&format!("tulou \"{name}\" {role}\n"));
        }
    }
    text
}

fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', "''"))
}

/// Replaces a file whole, readable for everybody.
fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    let next = path.with_extension("next");
    let failed = |error: io::Error| Error::at(path, error);
    fs::write(&next, text).map_err(failed)?;
    fs::set_permissions(&next, fs::Permissions::from_mode(0o644)).map_err(failed)?;
    fs::rename(&next, path).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_machine_gets_a_small_cache_and_a_large_one_not_a_huge_one() {
        assert!(sized(512 * MIB).contains("shared_buffers = '32MB'"));
        assert!(sized(2048 * MIB).contains("shared_buffers = '128MB'"));
        assert!(sized(1 << 40).contains("shared_buffers = '256MB'"));
    }
}
