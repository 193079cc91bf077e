//! How people come in: by a link, or because an administrator asks for their account.

pub mod accept;
pub mod create;
pub mod decline;
pub mod link;
pub mod list;
pub mod personal;
pub mod revoke;
pub mod show;
