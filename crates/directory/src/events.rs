//! What the directory tells the rest of the program.

pub use access::events::{MemberDisabled, MemberLeaving, MemberResumed, MemberSuspended};
pub use import_plans::events::{
    DepartmentChanged, DepartmentMerged, DepartmentWritten, ImportUndone, MemberAdded, MemberChanged,
    MemberDetailsChanged, MemberPlaced, PeopleImported, PeopleTakenOut,
};

use std::collections::BTreeMap;

use access::{Permission, RoleId};
use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::acts::SensitiveActId;
use crate::fields::FieldId;
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

/// A field is new, or another decision about it holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldWritten {
    /// Which.
    pub field: FieldId,
    /// What held; nothing when it is new.
    pub before: BTreeMap<String, serde_json::Value>,
    /// What holds.
    pub after: BTreeMap<String, serde_json::Value>,
    /// Of how many people the value was erased with it.
    pub erased: u64,
}

impl Event for FieldWritten {
    const NAME: &'static str = "directory.field_written";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// A field of the organisation's own is not there any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldDeleted {
    /// Which.
    pub field: FieldId,
    /// Of how many people the value was erased with it.
    pub erased: u64,
}

impl Event for FieldDeleted {
    const NAME: &'static str = "directory.field_deleted";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Fields stand in another order.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldsOrdered {}

impl Event for FieldsOrdered {
    const NAME: &'static str = "directory.fields_ordered";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Some field is not what it was. Which one, only the audit log is told: not everybody may know that there is such a field.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldsChanged {}

impl Event for FieldsChanged {
    const NAME: &'static str = "directory.fields_changed";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody looked at a masked value.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldRevealed {
    /// At what.
    pub field: FieldId,
    /// Whose it is.
    pub member: MemberId,
}

impl Event for FieldRevealed {
    const NAME: &'static str = "directory.field_revealed";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
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

/// A role of the organisation's own making is new, or holds something else now, or is called something else.
#[derive(Debug, Serialize, Deserialize)]
pub struct RoleWritten {
    /// Which.
    pub role: RoleId,
    /// What it held; nothing when it is new.
    pub before: Vec<Permission>,
    /// What it holds.
    pub after: Vec<Permission>,
}

impl Event for RoleWritten {
    const NAME: &'static str = "directory.role_written";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// A role that nobody had is not there any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct RoleDeleted {
    /// Which.
    pub role: RoleId,
    /// What it held.
    pub before: Vec<Permission>,
}

impl Event for RoleDeleted {
    const NAME: &'static str = "directory.role_deleted";
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
