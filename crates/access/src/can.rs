//! What somebody may do to a person, the organisation, a department, a role that was given, a sensitive act: what a button offers
//! is what the rule allows.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{Holder, Lineage, Permission, State, Way, WayBack, may_act};

/// What the caller may do to a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberCan {
    /// Change what is known of them.
    pub edit: bool,
    /// Say which departments they are in.
    pub place: bool,
    /// Stop them from signing in, at once; of whoever is suspended: have only people let them in again, and no call.
    pub suspend: bool,
    /// Let them in again.
    pub resume: bool,
    /// Shut them out for a period.
    pub disable: bool,
    /// Have them leave: they are erased in the end; of whoever is leaving: have only people let them in again, and no call.
    pub remove: bool,
    /// Hand over what they had.
    pub hand_over: bool,
    /// Give them a new initial password.
    pub reset_password: bool,
    /// Give them roles, or take them away.
    pub change_role: bool,
    /// Have their data kept and not used otherwise, or used again (`DSR-04`).
    pub restrict: bool,
}

/// What the caller may do to the organisation.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
pub struct OrganisationCan {
    /// Change names, contact and settings.
    pub edit: bool,
    /// Change how long messages are kept, may be changed and taken back.
    pub edit_periods: bool,
}

/// What the caller may do to a department.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct DepartmentCan {
    /// Rename, move, merge, archive, delete, and make departments below it.
    pub edit: bool,
    /// Say who sees it and how far its people see.
    pub hide: bool,
    /// Add people to it.
    pub add_people: bool,
}

/// What the caller may do with a grant.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct RoleGrantCan {
    /// Take it away; from owners only with a second.
    pub take: bool,
}

/// What the caller may do with a sensitive act.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
pub struct SensitiveActCan {
    /// Approve or refuse it, as the second.
    pub decide: bool,
    /// Stop it.
    pub cancel: bool,
}

/// Where somebody stands, who lets them in again, and whether they are an owner.
type Stands = (State, WayBack, bool);

impl MemberCan {
    /// Of `actor` to `target`, who stands in this state. Owners are made and unmade by two.
    pub fn of(actor: &Holder, target: &Holder, lineage: &Lineage, (state, back, is_owner): Stands) -> Self {
        let may = |permission| may_act(actor, permission, target, lineage).is_ok();
        let is_other = actor.id != target.id;
        let may_turn = |to: State| is_other && state.way_of_people(to, back).and_then(Way::permission).is_some_and(may);
        Self {
            edit: may(Permission::PeopleEdit),
            place: may(Permission::PeoplePlace),
            suspend: may_turn(State::Suspended),
            resume: may_turn(State::Active),
            disable: !is_owner && may_turn(State::Disabled),
            remove: !is_owner && may_turn(State::Leaving),
            hand_over: is_other && state.is_shut_out() && may(Permission::PeopleRemove),
            reset_password: is_other && state == State::Active && may(Permission::PeopleResetPassword),
            change_role: is_other && state != State::Invited && may(Permission::RolesGive),
            restrict: is_other && state != State::Invited && may(Permission::PeopleEdit),
        }
    }

    /// The same while their data is restricted: nobody else changes it. Whether they come in and what they may do is about security,
    /// and goes on.
    #[must_use]
    pub fn to_restricted(self) -> Self {
        Self { edit: false, place: false, ..self }
    }
}
