//! What a column can be.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a column of a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportField)]
pub enum Field {
    /// Of a person or a department.
    Name,
    /// What one signs in with.
    UserId,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// Unique in the organisation.
    StaffNumber,
    /// What one is called.
    Position,
    /// The departments one is in: paths, or the ids of the list of departments.
    Departments,
    /// Which of them one leads, in the same order.
    Leads,
    /// Whether the program that wrote the list let the person in no more.
    IsDisabled,
    /// Whether the person works here, or has left.
    Status,
    /// A field of the organisation's own making, or a built-in one that has no word here: which one, the mapping says beside.
    Own,
    /// Names a department in the list of departments.
    DepartmentId,
    /// A department from the top down: `Research/Backend`.
    Path,
    /// The department above.
    ParentId,
    /// Order among siblings: the greatest first.
    Order,
    /// Who leads a department of the list of departments.
    Leaders,
}

/// What a list lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportListKind)]
pub enum Kind {
    /// Rows are people.
    People,
    /// Rows are departments.
    Departments,
}

impl Kind {
    /// The columns such a list can have.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::People => &[
                Field::Name,
                Field::UserId,
                Field::Phone,
                Field::Email,
                Field::StaffNumber,
                Field::Position,
                Field::Departments,
                Field::Leads,
                Field::IsDisabled,
                Field::Status,
            ],
            Self::Departments => {
                &[Field::Name, Field::Path, Field::DepartmentId, Field::ParentId, Field::Order, Field::Leaders]
            }
        }
    }
}
