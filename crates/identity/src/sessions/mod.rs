//! Sign-ins as they live on: who is calling, on which devices, and how they end.

pub mod authenticate;
pub mod cookies;
pub mod current;
pub mod end;
pub mod known;
pub mod list;
pub mod places;
pub mod prove;
pub mod revocation;
pub mod start;
