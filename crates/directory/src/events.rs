//! What the directory tells the rest of the program.

pub use access::events::{MemberDisabled, MemberLeaving, MemberResumed, MemberSuspended, RoleDeleted, RoleWritten};
pub use import_plans::events::{
    DepartmentChanged, DepartmentMerged, DepartmentWritten, ImportUndone, MemberAdded, MemberChanged,
    MemberDetailsChanged, MemberPlaced, PeopleImported, PeopleTakenOut,
};
pub use profiles::events::{FieldDeleted, FieldRevealed, FieldWritten, FieldsChanged, FieldsOrdered};

use std::collections::BTreeMap;

use access::RoleId;
use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::acts::SensitiveActId;
use crate::model::DepartmentId;
use crate::roles::written::RoleGrantId;

/// Name, contact or settings of the organisation are not what they were.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrganisationChanged {
    /// Which fields.
    pub fields: Vec<String>,
    /// What they were; names and contact are not told.
    #[serde(default)]
    pub before: BTreeMap<String, serde_json::Value>,
    /// What they are.
    #[serde(default)]
    pub after: BTreeMap<String, serde_json::Value>,
}

impl Event for OrganisationChanged {
    const NAME: &'static str = "directory.organisation_changed";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody has a role that they had not.
#[derive(Debug, Serialize, Deserialize)]
pub struct RoleGiven {
    /// Names the grant.
    pub grant: RoleGrantId,
    /// Who has it.
    pub member: MemberId,
    /// Which role.
    pub role: RoleId,
    /// For which department; for the whole organisation when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
}

impl Event for RoleGiven {
    const NAME: &'static str = "directory.role_given";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody has not any more a role that they had.
#[derive(Debug, Serialize, Deserialize)]
pub struct RoleTaken {
    /// Named the grant.
    pub grant: RoleGrantId,
    /// Who had it.
    pub member: MemberId,
    /// Which role.
    pub role: RoleId,
    /// For which department; for the whole organisation when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
}

impl Event for RoleTaken {
    const NAME: &'static str = "directory.role_taken";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody asked for an act that one alone does not do.
#[derive(Debug, Serialize, Deserialize)]
pub struct SensitiveActAsked {
    /// Which.
    pub act: SensitiveActId,
    /// What it is: `directory.give_owner`.
    pub kind: String,
    /// Who asked.
    pub asked_by: MemberId,
    /// Who may decide; nobody when it waits for a day instead.
    pub seconds: Vec<MemberId>,
}

impl Event for SensitiveActAsked {
    const NAME: &'static str = "directory.sensitive_act_asked";
    const AUDIT_HIDES: &'static str = "seconds";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// A sensitive act may be done: whoever owns the kind does it now.
#[derive(Debug, Serialize, Deserialize)]
pub struct SensitiveActApproved {
    /// Which.
    pub act: SensitiveActId,
    /// What it is.
    pub kind: String,
    /// Who asked.
    pub asked_by: MemberId,
    /// The second; absent when its day is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
}

impl Event for SensitiveActApproved {
    const NAME: &'static str = "directory.sensitive_act_approved";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// A sensitive act has come to its end: it was done, refused, taken back, it lapsed or could not be done.
#[derive(Debug, Serialize, Deserialize)]
pub struct SensitiveActEnded {
    /// Which.
    pub act: SensitiveActId,
    /// What it was.
    pub kind: String,
    /// Who had asked.
    pub asked_by: MemberId,
    /// `done`, `refused`, `cancelled`, `lapsed` or `failed`.
    pub state: String,
    /// Why it could not be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl Event for SensitiveActEnded {
    const NAME: &'static str = "directory.sensitive_act_ended";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}
