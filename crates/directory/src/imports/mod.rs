//! People and departments out of the spreadsheets of other products: read, tried without writing, written whole (`ACC-06`,
//! `DIR-02`, `DIR-04`).

mod clean;
mod departments;
mod draft;
mod field;
mod handles;
mod header;
mod list;
mod people;
mod plan;
mod problem;
mod sheet;
mod tree;
mod write;
mod write_departments;

pub use crate::departments::tree::lock as hold_departments;
pub use draft::{Draft, Setting, draft};
pub use field::{Field, Kind};
pub use list::{Column, DepartmentForm, List, Mapping};
pub use plan::{Counts, Outcome, Plan, Report, Sample, plan};
pub use problem::{Problem, ProblemCount, Severity};
pub use sheet::{MAX_BYTES, Sheet, read};
pub use write::{Writing, Written};
