//! What the directory tells of lists of people, whole or taken back.

use access::DepartmentId;
use kernel::{AccountId, Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

/// Many people, and perhaps departments, came or changed at once, out of the spreadsheet of an administrator.
#[derive(Debug, Serialize, Deserialize)]
pub struct PeopleImported {
    /// How many are new.
    pub created: u32,
    /// How many were asked, since they have an account.
    pub invited: u32,
    /// Of how many something is not what it was.
    pub changed: u32,
    /// How many are in other departments.
    pub moved: u32,
    /// How many leave.
    #[serde(default)]
    pub left: u32,
    /// How many departments are new.
    pub departments_created: u32,
    /// How many departments were renamed or moved.
    pub departments_changed: u32,
}

impl Event for PeopleImported {
    const NAME: &'static str = "directory.people_imported";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// An import was taken back, or a part of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImportUndone {
    /// How many people and departments that it had made are gone again.
    pub created: u32,
    /// Of how many what it had changed is as before.
    pub changed: u32,
    /// How many are where they were before.
    pub moved: u32,
    /// How many who had left are back.
    pub left: u32,
    /// How much of it stays as it is.
    pub kept: u32,
}

impl Event for ImportUndone {
    const NAME: &'static str = "directory.import_undone";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// People whom an import had made, and who never came in, are gone; that an import was undone is told by itself.
#[derive(Debug, Serialize, Deserialize)]
pub struct PeopleTakenOut {
    /// Who, and how they would have signed in.
    pub people: Vec<(MemberId, AccountId)>,
    /// Departments that are gone with it.
    pub departments: Vec<DepartmentId>,
}

impl Event for PeopleTakenOut {
    const NAME: &'static str = "directory.people_taken_out";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}
