//! The states of a member and the ways between them: one table, and nothing else changes a state.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// Asked in, has not accepted yet.
    Invited,
    /// Works here.
    Active,
    /// Shut out at once by an administrator (`ACC-10`).
    Suspended,
    /// Shut out for a period (`ACC-11`).
    Disabled,
    /// On the way out: erased when the period ends.
    Leaving,
    /// Gone for good.
    Erased,
}

/// Every way there is. What is not here cannot happen.
const WAYS: &[(State, State)] = &[
    (State::Invited, State::Active),
    (State::Invited, State::Erased),
    (State::Active, State::Suspended),
    (State::Suspended, State::Active),
    (State::Active, State::Disabled),
    (State::Disabled, State::Active),
    (State::Disabled, State::Leaving),
    (State::Active, State::Leaving),
    (State::Leaving, State::Active),
    (State::Leaving, State::Erased),
];

impl State {
    /// Whether one may get from here to there in one step.
    pub fn leads_to(self, to: Self) -> bool {
        WAYS.contains(&(self, to))
    }

    /// Whether somebody who stands here is given roles.
    pub fn can_hold_roles(self) -> bool {
        matches!(self, Self::Active | Self::Suspended)
    }

    /// Every state, in the order of a working life.
    pub const ALL: [Self; 6] =
        [Self::Invited, Self::Active, Self::Suspended, Self::Disabled, Self::Leaving, Self::Erased];
}

#[cfg(test)]
mod tests {
    use super::{State, WAYS};

    #[test]
    fn nothing_leads_out_of_erased_and_nothing_leads_to_itself() {
        for from in State::ALL {
            assert!(!State::Erased.leads_to(from));
            assert!(!from.leads_to(from));
        }
    }

    #[test]
    fn every_state_but_the_first_can_be_reached_and_no_way_is_listed_twice() {
        for to in State::ALL.into_iter().filter(|state| *state != State::Invited) {
            assert!(State::ALL.into_iter().any(|from| from.leads_to(to)), "{to:?}");
        }
        for (place, way) in WAYS.iter().enumerate() {
            assert!(!WAYS[place + 1..].contains(way), "{way:?}");
        }
    }

    #[test]
    fn a_suspended_person_cannot_be_erased_without_passing_through_leaving() {
        assert!(!State::Suspended.leads_to(State::Erased));
        assert!(!State::Active.leads_to(State::Erased));
    }
}
