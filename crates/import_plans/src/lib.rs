//! What a list does to who and what is here: the words in which it is told, which department of it is which, and what was there
//! before. No tables.

mod acts;
mod back;
mod back_people;
mod changes;
mod deeds;
mod departments;
pub mod events;
mod leaders;
mod matches;
mod namesakes;
mod report;
mod settle;
mod told;

pub use acts::{Act, Leaver, Placement, Update, Wrong, overlaid, placement};
pub use back::{Hanging, Kept, Naming, hang_back, name_back, still_made};
pub use back_people::{Owners, ProfileBack, ProfilesBack, placed_back, profiles_back};
pub use changes::{choice, people as told_people};
pub use deeds::{Deed, DeedKind, Done, of_departments as department_deeds};
pub use departments::{
    DepartmentChange, Existing, MayHang, PlannedDepartment, PlannedDepartments, plan as plan_departments,
};
pub use leaders::{Around, Directory, Leaders, forms};
pub use matches::{Links, doubtful, matches, without_exchanged};
pub use namesakes::Namesakes;
pub use report::{Counts, Outcome, Report};
pub use settle::{Claim, GivenUp, Holder, settle};
pub use told::{FieldChange, PathChange, Paths, PersonChange, Told, departments as told_departments};
