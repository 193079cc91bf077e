//! What a line of the audit log is, and how lines hang together (foundation of `ADM-02`, `ADM-06`).

mod address;
mod chain;
mod device;
mod line;
mod refusals;
mod request;
mod said;

pub use address::client_address;
pub use chain::{Chain, Fault, Flaw, Head, MOST_FAULTS};
pub use device::describe as device_name;
pub use line::{Line, Trace};
pub use refusals::{Counted, Refusals};
pub use request::{Request, concerns, within};
pub use said::{PEOPLE, Said, target_in};
