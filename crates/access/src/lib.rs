//! Who may do what to whom: permissions, scopes, the built-in roles, and the one rule that nobody gets more than they hold.

mod built_in;
mod holdings;
mod lineage;
mod permission;
mod reach;
mod rule;
mod state;
#[cfg(test)]
mod worlds;

pub use built_in::{BuiltIn, RoleId};
pub use holdings::{Held, Holdings, Scope};
pub use lineage::Lineage;
pub use permission::{Permission, PermissionSet};
pub use reach::{Reach, Seeing, Sees};
pub use rule::{Granted, Holder, Refusal, may_act, may_give, may_hang, may_lend, may_place, may_take, may_write};
pub use state::{By, Clock, Ends, Second, State, Tells, WAYS, Way};

kernel::id!(
    /// A node of the structure tree.
    DepartmentId
);
