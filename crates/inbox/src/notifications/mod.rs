//! The notification centre (`NTF-01`).

pub mod forget_old;
pub mod list;
pub mod notify;
pub mod read;
pub mod retract;
