//! From a request to a caller, and from all modules to one router.

mod caller;
mod compose;
mod describe;
mod extract;
mod idempotency;
mod request;

pub use caller::{
    Agent, Authenticate, AuthenticateService, Caller, Credentials, Cx, Gate, SERVICE_TOKEN, Service, SignedIn, Visitor,
};
pub use compose::{Composed, compose, document};
pub use extract::{Json, Path, Query, Raw};
pub use rates::{Rates, household};
