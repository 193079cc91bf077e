//! What the spreadsheets of other products say of people and departments: read, cleaned, and every problem named by row and
//! column (`ACC-06`, `DIR-02`, `DIR-04`). No tables, nobody who is here.

mod clean;
mod departments;
mod draft;
mod field;
mod header;
mod list;
mod own;
mod paths;
mod people;
mod problem;
mod sheet;
mod siblings;
mod split;
mod titles;
mod tree;

pub use clean::{day, marked};
pub use departments::{checked_department_name, why};
pub use draft::{Draft, DraftPerson, OwnValue, Place, Problems, Setting, draft};
pub use field::{Field, Kind};
pub use list::{Column, DepartmentForm, HeadRow, List, Mapping};
pub use own::{OwnField, own_fields};
pub use problem::{Problem, ProblemCount, Severity, counted};
pub use sheet::{Cell, MAX_BYTES, Row, Sheet, read};
pub use siblings::{PlaceChange, Siblings, arrange, join};
pub use split::escaped;
pub use tree::{DepartmentRef, Node, Tree};

/// A tree of departments is not deeper; recursion in the database ends here too.
pub const DEEPEST: i32 = 20;
/// More departments than anybody is in.
pub const MOST_DEPARTMENTS: usize = 20;
