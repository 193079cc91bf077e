//! Sensitive acts: what one administrator alone does not do. Somebody asks, having typed their password again; a second
//! administrator approves within a day, or, where there is no second, a day goes by in which everybody can see it coming.
//!
//! Any module may have its own kinds: it calls [`ask`] and subscribes to [`crate::events::SensitiveActApproved`], takes what was
//! asked by [`approved`], does it, and says with [`settle`] what became of it, all in one transaction.

pub mod approve;
pub mod ask;
pub mod assurance;
pub mod cancel;
pub mod list;
mod model;
pub(crate) mod owners;
pub mod refuse;
pub mod settle;

pub use ask::{NewAct, ask};
pub use assurance::{Assured, assure};
pub use model::{SensitiveAct, SensitiveActId};
pub use settle::{approved, settle};
