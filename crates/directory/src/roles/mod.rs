//! Roles, and who has them for what (`ORG-03`, B.2). The rule itself stands in the crate `access`.

pub mod create;
pub mod delete;
pub mod edit;
pub mod give;
pub mod grants;
pub(crate) mod holding;
pub mod list;
pub mod pass;
pub mod preview;
pub(crate) mod rank;
pub mod take;
pub(crate) mod written;
