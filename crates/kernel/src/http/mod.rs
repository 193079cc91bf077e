//! From a request to a caller, and from all modules to one router.

mod caller;
mod compose;
mod describe;
mod extract;
mod idempotency;
mod rate;
mod request;

pub use caller::{Authenticate, Caller, Credentials, Cx, SignedIn, Visitor};
pub use compose::{Composed, compose, document};
pub use extract::{Json, Path, Query};
pub use rate::Rates;
