//! What an import would do: to how many, and what is not right.

use lists::{Draft, ProblemCount};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::Act;
use crate::departments::{DepartmentChange, PlannedDepartments};

/// What an import does to how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportCounts)]
pub struct Counts {
    /// Rows of people.
    pub rows: u32,
    /// People who are new and get an account.
    pub created: u32,
    /// People who have an account already and will be asked.
    pub invited: u32,
    /// People of whom something is not what it was, what they lead among it.
    pub changed: u32,
    /// People whose departments are not what they were; some are counted as changed too.
    pub moved: u32,
    /// People who leave.
    #[serde(default)]
    pub left: u32,
    /// People who stay as they are.
    pub unchanged: u32,
    /// Rows with something wrong.
    pub wrong: u32,
    /// Rows of people who are disabled where they come from.
    pub disabled: u32,
    /// Departments that are new.
    pub departments_created: u32,
    /// Departments that are renamed, moved or put into another order.
    pub departments_changed: u32,
}

impl Counts {
    /// What all of it comes to.
    pub fn of(draft: &Draft, acts: &[Act], departments: &PlannedDepartments) -> Self {
        let mut counts =
            Self { rows: draft.rows, wrong: draft.problems.wrong_rows(), disabled: draft.disabled, ..Self::default() };
        for act in acts {
            match act {
                Act::Create { .. } => counts.created += 1,
                Act::Invite { .. } => counts.invited += 1,
                Act::LeaveOut => {}
                Act::Leave(_) => counts.left += 1,
                Act::Update(update) => {
                    let (changes, moves) = (update.changes(), update.moves());
                    counts.changed += u32::from(changes);
                    counts.moved += u32::from(moves);
                    counts.unchanged += u32::from(!changes && !moves);
                }
            }
        }
        for planned in departments.used() {
            counts.departments_created += u32::from(planned.change == DepartmentChange::New);
            counts.departments_changed += u32::from(planned.change == DepartmentChange::Changed);
        }
        counts
    }
}

/// What becomes of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportOutcome)]
pub enum Outcome {
    /// New, with an initial password.
    Created,
    /// Asked, since there is an account already.
    Invited,
    /// Something is not what it was, what they lead among it.
    Changed,
    /// In other departments than before.
    Moved,
    /// On the way out: the list says that they have left, or does not name them.
    Left,
    /// As before.
    Unchanged,
    /// Something is wrong with the row.
    Wrong,
}

/// What an import would do.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportReport)]
pub struct Report {
    /// To how many.
    pub counts: Counts,
    /// Whether more than a tenth of the people who are here would leave: that is confirmed by itself.
    #[serde(default)]
    pub many_leave: bool,
    /// What is not right, by kind.
    pub problems: Vec<ProblemCount>,
}
