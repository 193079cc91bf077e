//! People out of a spreadsheet: uploaded, tried, corrected, written whole, with an initial password each (`ACC-06`).

pub mod confirm;
mod csv;
pub mod discard;
mod dry_run;
pub mod list;
pub mod model;
mod pages;
pub mod problems;
pub mod remap;
pub mod result;
pub mod show;
mod staging;
pub mod told;
pub mod upload;
pub mod write;
