//! What of the directory can be handed over.

mod leadership;
mod roles;

pub use leadership::leadership;
pub use roles::roles;
