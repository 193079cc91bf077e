//! The people of an organisation.

pub mod add;
pub mod avatar;
pub(crate) mod belonging;
pub mod change_state;
pub(crate) mod columns;
pub mod count;
pub mod edit;
pub mod filter;
pub mod forget_invited;
pub mod handles;
pub(crate) mod index;
pub mod list;
pub mod look_up;
pub mod me;
pub mod meant;
pub mod memberships;
pub mod names;
pub mod person;
pub mod profile;
pub mod restrict;
pub mod show;
pub(crate) mod sight;
pub(crate) mod viewer;
