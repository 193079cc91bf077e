//! What is looked at to say whether the server is well: for the console and for `tulou doctor`.

use std::path::Path;

use kernel::Settings;
use reality::Standing;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::Disk;

const MIB: u64 = 1024 * 1024;
/// Below this the database may stop writing at any moment.
const DISK_BAD: u64 = 256 * MIB;
const DISK_WARN: u64 = 2048 * MIB;

/// One thing that was looked at
#[derive(Serialize, ToSchema, Clone, Copy, Debug)]
pub struct Check {
    /// disk, files, jobs, reality or transport
    pub id: &'static str,
    pub state: CheckState,
    /// A stable word; the client has the sentence
    pub detail_code: &'static str,
}

#[derive(Serialize, ToSchema, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    Ok,
    Warn,
    Bad,
}

/// The disk that the data directory is on; zeros when it cannot be asked.
pub fn disk_of(data: &Path) -> Disk {
    match rustix::fs::statvfs(data) {
        Ok(facts) => Disk { free_bytes: facts.f_bavail * facts.f_frsize, total_bytes: facts.f_blocks * facts.f_frsize },
        Err(_) => Disk { free_bytes: 0, total_bytes: 0 },
    }
}

pub fn disk(disk: Disk) -> Check {
    let (state, detail_code) = match disk.free_bytes {
        free if free < DISK_BAD => (CheckState::Bad, "disk.full"),
        free if free < DISK_WARN => (CheckState::Warn, "disk.nearly_full"),
        _ => (CheckState::Ok, "disk.fine"),
    };
    Check { id: "disk", state, detail_code }
}

/// The store of files: what keeps it from taking any, and how much room is on the disk of its folder.
pub fn files(fault: Option<&'static str>, room: Option<Disk>) -> Check {
    let id = "files";
    match (fault, room.map(disk)) {
        (Some("internal"), _) => Check { id, state: CheckState::Bad, detail_code: "files.not_writable" },
        (Some(detail_code), _) => Check { id, state: CheckState::Bad, detail_code },
        (None, Some(Check { state, detail_code, .. })) if state != CheckState::Ok => Check { id, state, detail_code },
        (None, _) => Check { id, state: CheckState::Ok, detail_code: "files.fine" },
    }
}

pub fn jobs(failed_in_a_day: i64) -> Check {
    let (state, detail_code) =
        if failed_in_a_day == 0 { (CheckState::Ok, "jobs.fine") } else { (CheckState::Warn, "jobs.failed") };
    Check { id: "jobs", state, detail_code }
}

/// Whether the database is what the data map says.
pub fn reality(found: &Standing) -> Check {
    let (state, detail_code) = match (found.drifts.is_empty(), found.looked_at, found.is_overdue) {
        (false, _, _) => (CheckState::Bad, "reality.drifts"),
        (true, None, _) => (CheckState::Warn, "reality.not_yet"),
        (true, Some(_), true) => (CheckState::Warn, "reality.overdue"),
        (true, Some(_), false) => (CheckState::Ok, "reality.fine"),
    };
    Check { id: "reality", state, detail_code }
}

/// People on other machines need TLS; one machine by itself does not.
pub fn transport(settings: &Settings) -> Check {
    let (state, detail_code) = if settings.is_tls {
        (CheckState::Ok, "transport.tls")
    } else {
        (CheckState::Warn, "transport.this_machine_only")
    };
    Check { id: "transport", state, detail_code }
}

#[cfg(test)]
mod tests {
    use super::{CheckState, Disk, MIB, files};

    #[test]
    fn a_store_is_as_well_as_what_it_says_and_the_disk_it_is_on() {
        let said = |fault, free: Option<u64>| {
            let room = free.map(|free| Disk { free_bytes: free * MIB, total_bytes: 4096 * MIB });
            let check = files(fault, room);
            (check.state, check.detail_code)
        };
        assert_eq!(said(None, Some(4096)), (CheckState::Ok, "files.fine"));
        assert_eq!(said(None, None), (CheckState::Ok, "files.fine"));
        assert_eq!(said(None, Some(1024)), (CheckState::Warn, "disk.nearly_full"));
        assert_eq!(said(Some("files.no_space"), Some(0)), (CheckState::Bad, "files.no_space"));
        assert_eq!(said(Some("internal"), Some(4096)), (CheckState::Bad, "files.not_writable"));
        assert_eq!(said(Some("files.no_bucket"), None), (CheckState::Bad, "files.no_bucket"));
    }
}
