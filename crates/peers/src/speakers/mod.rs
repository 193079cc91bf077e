//! The list of those who may speak with peers (`XORG-03`).

pub mod set;
pub mod show;
pub mod stored;

pub use stored::names;
