//! The audit log: what was done and what was refused, line by line in the order of commits, chained over the stored bytes.
//!
//! People stand in it under a pseudonym whose key is their own ([`crate::Bucket::Member`]), from the first; address and device
//! are sealed under the same key. When the key dies nobody can tell any more who it was, and the line and the chain stay.
//! A line goes when [`KEPT`] is over.

mod expire;
mod lines;
mod page;
mod refusal;
mod trace;
mod verify;

pub use ::audit::{Fault, Flaw, Head, Said, Trace};
pub use expire::KEPT;
pub(crate) use expire::expire;
pub(crate) use lines::Lines;
use lines::digest;
pub use page::{Found, Wanted, page};
pub use refusal::{record, tell_counted};
pub(crate) use refusal::{refuse, start, tell_all};
pub use verify::{Verified, verify};
