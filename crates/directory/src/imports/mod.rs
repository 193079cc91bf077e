//! People and departments out of the spreadsheets of other products: what they say (crate `lists`) tried without writing, and
//! written whole (`ACC-06`, `DIR-02`, `DIR-04`).

mod plan;
mod write;
mod write_departments;

pub use crate::departments::tree::lock as hold_departments;
pub use lists::{
    Column, DepartmentForm, Draft, Field, HeadRow, Kind, List, MAX_BYTES, Mapping, Problem, ProblemCount, Setting,
    Severity, Sheet, draft, read,
};
pub use plan::{Counts, FieldChange, Outcome, PathChange, PersonChange, Plan, Report, Told, plan};
pub use write::{Writing, Written};
