//! The nouns of the directory: organisations, their people, their departments.

use chrono::NaiveDate;
use kernel::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use access::DepartmentId;

/// Whether somebody runs the organisation, as everybody may see; what one may do stands in the roles one was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Role {
    /// Uses it.
    Member,
    /// Runs it, except for its owners.
    Administrator,
    /// Answers for it; there is always one.
    Owner,
}

/// What is known of a person, as one sealed value under the person's own key.
///
/// Deliberately without `Debug`: contents are not printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// As colleagues see it.
    pub name: String,
    /// The name one signs in with; unique in the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// With country code, digits only: `+8613800138000`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// In lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Unique in the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff_number: Option<String>,
    /// What one is called: 职务.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// One line about oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// Shown to nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birthday: Option<NaiveDate>,
    /// `zh-CN`, `zh-TW` or `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A person of the organisation, as a colleague sees them.
#[derive(Serialize, ToSchema)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// As colleagues see it.
    pub name: String,
    /// What one signs in with; for whoever looks after them and oneself.
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
    /// What they may do.
    pub role: Role,
    /// Where they stand.
    pub state: crate::State,
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
    /// What the caller may do to them.
    pub can: MemberCan,
}

/// What the caller may do to a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberCan {
    /// Change what is known of them.
    pub edit: bool,
    /// Say which departments they are in.
    pub place: bool,
    /// Stop them from signing in, at once.
    pub suspend: bool,
    /// Let them in again.
    pub resume: bool,
    /// Give them a new initial password.
    pub reset_password: bool,
    /// Give them roles, or take them away.
    pub change_role: bool,
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
    /// Who leads it, those who work here; twenty at most.
    pub leader_ids: Vec<MemberId>,
    /// What the caller may do to it.
    pub can: DepartmentCan,
}

/// What the caller may do to a department.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct DepartmentCan {
    /// Rename, move, delete, and make departments below it.
    pub edit: bool,
    /// Add people to it.
    pub add_people: bool,
}

/// Background of somebody's initial: always the same one for the same person.
pub(crate) fn colour(id: MemberId) -> u8 {
    let sum = id.0.as_bytes().iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
    sum % 8 + 1
}
