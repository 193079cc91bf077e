//! With whom something can be shared.

use kernel::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{DepartmentId, RoleId};

kernel::id!(
    /// A group of people, put together by hand or by a rule: the crate `people_groups` says who is in it.
    PeopleGroupId
);

/// Somebody something can be shared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case", deny_unknown_fields)]
pub enum Principal {
    /// One person.
    Member(MemberId),
    /// Everybody in a department or below it.
    Department(DepartmentId),
    /// Everybody who has a role, for whatever.
    Role(RoleId),
    /// Everybody in a group of people.
    PeopleGroup(PeopleGroupId),
    /// Everybody in the organisation.
    Everyone,
}
