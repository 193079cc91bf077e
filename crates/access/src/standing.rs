//! Where somebody stands: what they are seen as, and whether they may come in.

use kernel::MemberId;

use crate::{Role, State};

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Standing {
    /// Who.
    pub id: MemberId,
    /// Whether they run the organisation.
    pub role: Role,
    /// Whether they may come in now.
    pub state: State,
}

/// An organisation always has an active owner (`ORG-03`): `others` is how many active owners there are besides this one.
pub fn keeps_an_owner(others: i64, role: Role, state: State) -> bool {
    others > 0 || (role == Role::Owner && state == State::Active)
}
