//! People and departments out of the spreadsheets of other products: what they say (crate `lists`) tried without writing, and
//! written whole, and taken back (`ACC-06`, `DIR-02`, `DIR-04`).

mod lines;
mod plan;
mod undo;
mod write;
mod write_departments;

pub use crate::departments::tree::lock as hold_departments;
pub use import_plans::{
    Counts, Deed, DeedKind, Done, FieldChange, Kept, Outcome, PathChange, PersonChange, Report, Told,
};
pub use lists::{
    Column, DepartmentForm, Draft, Field, HeadRow, Kind, List, MAX_BYTES, Mapping, OwnField, Problem, ProblemCount,
    Setting, Severity, Sheet, draft, read,
};
pub use plan::{Plan, own_fields, plan};
pub use undo::undo;
pub use write::{Writing, Written, count};
