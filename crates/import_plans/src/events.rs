//! What the directory tells of people and departments, one by one, and of lists of them, whole or taken back.

use std::collections::BTreeMap;

use access::{Belonging, DepartmentId, Role};
use kernel::{AccountId, Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

/// The structure tree is not what it was. What changed, only the audit log is told: not everybody sees each department.
#[derive(Debug, Serialize, Deserialize)]
pub struct DepartmentChanged {
    /// Which department was made, renamed, moved or deleted.
    pub department: DepartmentId,
}

impl Event for DepartmentChanged {
    const NAME: &'static str = "directory.department_changed";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// A department was merged into another: its people and what lay below it are there now.
#[derive(Debug, Serialize, Deserialize)]
pub struct DepartmentMerged {
    /// Which one is gone.
    pub department: DepartmentId,
    /// Which one stayed.
    pub into: DepartmentId,
}

impl Event for DepartmentMerged {
    const NAME: &'static str = "directory.department_merged";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody is new here.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberAdded {
    /// Who.
    pub member: MemberId,
}

impl Event for MemberAdded {
    const NAME: &'static str = "directory.member_added";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Profile, departments, role or state of somebody are not what they were.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberChanged {
    /// Who.
    pub member: MemberId,
    /// Which of the fields that everybody sees, never their values; none when it was another one.
    pub fields: Vec<String>,
    /// The role they have now, when it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

impl Event for MemberChanged {
    const NAME: &'static str = "directory.member_changed";
    fn is_audited(&self) -> bool {
        // Where they are, [`MemberPlaced`] tells.
        self.fields.iter().any(|field| field != "departments")
    }
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Something of somebody that not everybody sees is not what it was: for the audit log, with [`MemberChanged`] for the windows.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberDetailsChanged {
    /// Who.
    pub member: MemberId,
    /// Which fields, never their values.
    pub fields: Vec<String>,
}

impl Event for MemberDetailsChanged {
    const NAME: &'static str = "directory.member_details_changed";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Somebody is in other departments or leads others: for the audit log, with [`MemberChanged`] for the windows.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberPlaced {
    /// Who.
    pub member: MemberId,
    /// Where they were and what they led.
    pub before: Belonging,
    /// Where they are and what they lead.
    pub after: Belonging,
}

impl Event for MemberPlaced {
    const NAME: &'static str = "directory.member_placed";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// A department is new, gone, or not what it was: for the audit log, with `directory.department_changed` for the windows.
#[derive(Debug, Serialize, Deserialize)]
pub struct DepartmentWritten {
    /// Which.
    pub department: DepartmentId,
    /// What else is another one: the name, which is not told.
    pub fields: Vec<String>,
    /// What the settings were; nothing when it is new.
    pub before: BTreeMap<String, serde_json::Value>,
    /// What they are; nothing when it is gone.
    pub after: BTreeMap<String, serde_json::Value>,
}

impl Event for DepartmentWritten {
    const NAME: &'static str = "directory.department_written";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

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
