//! What a list does to who and what is here: the words in which it is told, which department of it is which, and what was there
//! before. No tables.

mod acts;
mod back;
mod changes;
mod deeds;
mod departments;
mod report;
mod told;

pub use acts::{Act, Leaver, Placement, Update};
pub use back::{Hanging, Kept, Naming, hang_back, name_back, still_made};
pub use changes::people as told_people;
pub use deeds::{Deed, DeedKind, Done, of_departments as department_deeds};
pub use departments::{DepartmentChange, Existing, PlannedDepartment, PlannedDepartments, plan as plan_departments};
pub use report::{Counts, Outcome, Report};
pub use told::{FieldChange, PathChange, Paths, PersonChange, Told, departments as told_departments};
