//! Organisations that ask to be verified (`ORG-05`).

pub mod decide;
pub mod disclose;
pub mod document;
pub mod show;
