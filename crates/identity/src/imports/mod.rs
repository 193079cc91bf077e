//! People out of a spreadsheet: uploaded, tried, corrected, written whole, with an initial password each, and taken back for
//! a day (`ACC-06`).

pub mod confirm;
mod csv;
mod deeds;
pub mod discard;
mod dry_run;
mod file_name;
pub mod list;
pub mod model;
mod pages;
pub mod problems;
pub mod remap;
pub mod result;
pub mod show;
mod staging;
pub mod told;
pub mod undo;
mod unmake;
pub mod upload;
pub mod write;
