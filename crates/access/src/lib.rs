//! Who may do what to whom: permissions, scopes, the built-in roles, and the one rule that nobody gets more than they hold.

mod act;
mod belonging;
mod built_in;
mod can;
pub mod events;
mod holdings;
mod lineage;
mod permission;
mod principal;
mod rank;
mod reach;
mod role;
mod rule;
mod standing;
mod state;
#[cfg(test)]
mod worlds;

pub use act::{ActState, Needs};
pub use belonging::{Belonging, Sight, Vantage};
pub use built_in::{BuiltIn, RoleId};
pub use can::{DepartmentCan, MemberCan, OrganisationCan, RoleGrantCan, SensitiveActCan};
pub use holdings::{Held, Holdings, Scope};
pub use lineage::Lineage;
pub use permission::{Permission, PermissionSet};
pub use principal::{PeopleGroupId, Principal};
pub use rank::Role;
pub use reach::{Reach, Seeing, Sees};
pub use role::{AccessRole, AccessRoleCan, OfferedPermission};
pub use rule::{Granted, Holder, Refusal, may_act, may_give, may_hang, may_lend, may_place, may_take, may_write};
pub use standing::{Standing, keeps_an_owner};
pub use state::{By, Clock, Ends, Second, State, Tells, WAYS, Way, WayBack};

kernel::id!(
    /// A node of the structure tree.
    DepartmentId
);
