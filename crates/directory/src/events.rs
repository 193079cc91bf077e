//! What the directory tells the rest of the program.

use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::model::{DepartmentId, Role};

/// Name, contact or settings of the organisation are not what they were.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrganisationChanged {
    /// Which fields, never their values.
    pub fields: Vec<String>,
}

impl Event for OrganisationChanged {
    const NAME: &'static str = "directory.organisation_changed";
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
    /// Which fields, never their values.
    pub fields: Vec<String>,
    /// The role they have now, when it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

impl Event for MemberChanged {
    const NAME: &'static str = "directory.member_changed";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody was shut out by an administrator.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberSuspended {
    /// Who.
    pub member: MemberId,
}

impl Event for MemberSuspended {
    const NAME: &'static str = "directory.member_suspended";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody may come in again.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberResumed {
    /// Who.
    pub member: MemberId,
}

impl Event for MemberResumed {
    const NAME: &'static str = "directory.member_resumed";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// The structure tree is not what it was.
#[derive(Debug, Serialize, Deserialize)]
pub struct DepartmentChanged {
    /// Which department was made, renamed, moved or deleted.
    pub department: DepartmentId,
}

impl Event for DepartmentChanged {
    const NAME: &'static str = "directory.department_changed";
    fn audience(&self) -> Audience {
        Audience::Org
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
