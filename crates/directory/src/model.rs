//! The nouns of the directory: organisations, their people, their departments.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::MemberId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::fields::FieldId;

use access::Sees;

pub use access::{DepartmentCan, DepartmentId, MemberCan, Role};
pub use profiles::Profile;

/// A person of the organisation, as a colleague sees them: each field only for those who see it (`DIR-02`, `DIR-03`).
#[derive(Serialize, ToSchema)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// As colleagues see it.
    pub name: String,
    /// What one signs in with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// With country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// In lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Unique in the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff_number: Option<String>,
    /// What one is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// One line about oneself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// A day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthday: Option<NaiveDate>,
    /// What stands in the other fields, in their order; and the phone number, when it is masked.
    pub values: Vec<FieldValue>,
    /// What they may do.
    pub role: Role,
    /// Where they stand; colleagues see no more of whoever is shut out than `suspended` and the name.
    pub state: crate::State,
    /// Until when they stand there: then they leave, or are erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_until: Option<DateTime<Utc>>,
    /// The departments they are in.
    pub department_ids: Vec<DepartmentId>,
    /// Those of them they lead.
    pub leads: Vec<DepartmentId>,
    /// Version of the picture; absent without one.
    #[schema(required)]
    pub avatar: Option<i64>,
    /// Background of the initial when there is no picture: 1 to 8.
    pub colour: u8,
    /// Whether this is the caller.
    pub is_me: bool,
    /// Whether they are shown only to those who look after them; for those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_hidden: Option<bool>,
    /// Since when what is kept of them is not used otherwise; for themselves and whoever looks after them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restricted_at: Option<DateTime<Utc>>,
    /// Rises with every change, goes into `If-Match`; for whoever may change something of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<i64>,
    /// What the caller may do to them.
    pub can: MemberCan,
}

/// What stands in a field.
#[derive(Serialize, ToSchema)]
pub struct FieldValue {
    /// In which.
    pub field_id: FieldId,
    /// In the form the kind has: a number with a point, a day as `YYYY-MM-DD`, the id of a choice or of a person.
    pub value: String,
    /// Whether most of it is hidden; `revealField` says the rest.
    pub is_masked: bool,
}

/// A node of the structure tree.
#[derive(Serialize, ToSchema)]
pub struct Department {
    /// Which.
    pub id: DepartmentId,
    /// The one above; absent at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<DepartmentId>,
    /// What it is called.
    pub name: String,
    /// Order among its siblings.
    pub position: i32,
    /// People in it and below, each once.
    pub member_count: i64,
    /// Whether anything hangs below it.
    pub has_children: bool,
    /// Who leads it, those who work here and whom the caller sees; twenty at most.
    pub leader_ids: Vec<MemberId>,
    /// Who leads it without being in it, likewise.
    pub dotted_leader_ids: Vec<MemberId>,
    /// Whether it is out of use.
    pub is_archived: bool,
    /// Who sees it and how far its people see; for whoever may change that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sight: Option<DepartmentSight>,
    /// Rises with every change; goes into `If-Match`.
    pub revision: i64,
    /// What the caller may do to it.
    pub can: DepartmentCan,
}

/// Who sees a department and how far its people see.
#[derive(Serialize, ToSchema)]
pub struct DepartmentSight {
    /// Whether only those who are in it, and those who look after it, see it and its people.
    pub is_hidden: bool,
    /// How far its people see.
    pub sees: Sees,
    /// Which departments they see besides their own, when they see no more than that.
    pub also: Vec<DepartmentId>,
}

/// Background of somebody's initial: always the same one for the same person.
pub(crate) fn colour(id: MemberId) -> u8 {
    let sum = id.0.as_bytes().iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
    sum % 8 + 1
}
