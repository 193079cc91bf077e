//! The rules of roles. Read this file to know who may do what to whom; nowhere else decides.

use kernel::MemberId;

use crate::model::{MemberCan, Role};
use crate::state::State;

/// Where somebody stands: all that the rules below look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Standing {
    /// Who.
    pub id: MemberId,
    /// What they may do.
    pub role: Role,
    /// Whether they may do it now.
    pub state: State,
}

impl Standing {
    /// Owners and administrators who are active run the organisation.
    pub fn is_administrator(&self) -> bool {
        self.state == State::Active && self.role >= Role::Administrator
    }
}

/// Administrators act on everybody who does not hold more than they do: not on owners.
pub(crate) fn may_act_on(actor: &Standing, target: &Standing) -> bool {
    actor.is_administrator() && target.role <= actor.role
}

/// Nobody grants or takes more than they hold (`ORG-03`).
pub(crate) fn may_set_role(actor: &Standing, target: &Standing, to: Role) -> bool {
    may_act_on(actor, target) && to <= actor.role
}

/// Administrators suspend whom they may act on, but not themselves: that cannot be undone alone.
pub(crate) fn may_suspend(actor: &Standing, target: &Standing) -> bool {
    may_act_on(actor, target) && actor.id != target.id && target.state.leads_to(State::Suspended)
}

/// Administrators resume whom they may act on.
pub(crate) fn may_resume(actor: &Standing, target: &Standing) -> bool {
    may_act_on(actor, target) && target.state == State::Suspended
}

/// An organisation always has an active owner: `others` is how many active owners there are besides `target`.
pub(crate) fn keeps_an_owner(others: i64, role: Role, state: State) -> bool {
    others > 0 || (role == Role::Owner && state == State::Active)
}

/// What `viewer` may do to `target`; the answer of every response that shows a person.
pub(crate) fn member_can(viewer: &Standing, target: &Standing) -> MemberCan {
    let acts = may_act_on(viewer, target);
    MemberCan {
        edit: acts,
        suspend: may_suspend(viewer, target),
        resume: may_resume(viewer, target),
        reset_password: acts && viewer.id != target.id && target.state == State::Active,
        change_role: acts && target.state != State::Invited,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
    use uuid::Uuid;

    use super::{Standing, keeps_an_owner, may_resume, may_set_role, may_suspend, member_can};
    use crate::model::Role;
    use crate::state::State;
    use kernel::MemberId;

    const ROLES: [Role; 3] = [Role::Member, Role::Administrator, Role::Owner];

    #[derive(Debug, Clone, Copy)]
    enum Act {
        SetRole(Role),
        Suspend,
        Resume,
    }

    fn act() -> impl Strategy<Value = Act> {
        any::<usize>().prop_map(|n| match n % 5 {
            role @ 0..=2 => Act::SetRole(ROLES[role]),
            3 => Act::Suspend,
            _ => Act::Resume,
        })
    }

    /// A team in which the first owns and the others are whatever.
    fn team() -> impl Strategy<Value = Vec<Standing>> {
        prop::collection::vec(0..3_usize, 1..6).prop_map(|roles| {
            let ids = (1..).map(|n| MemberId(Uuid::from_u128(n)));
            let roles = std::iter::once(Role::Owner).chain(roles.into_iter().map(|n| ROLES[n]));
            ids.zip(roles).map(|(id, role)| Standing { id, role, state: State::Active }).collect()
        })
    }

    /// Does what the rules allow, as the actions do it.
    fn tried(team: &mut [Standing], by: usize, whom: usize, act: Act) -> bool {
        let (actor, target) = (team[by], team[whom]);
        let (role, state, may) = match act {
            Act::SetRole(role) => (role, target.state, may_set_role(&actor, &target, role)),
            Act::Suspend => (target.role, State::Suspended, may_suspend(&actor, &target)),
            Act::Resume => (target.role, State::Active, may_resume(&actor, &target)),
        };
        let is_owner = |one: &&Standing| one.role == Role::Owner && one.state == State::Active && one.id != target.id;
        let others = i64::try_from(team.iter().filter(is_owner).count()).unwrap();
        let takes_an_owner = target.role == Role::Owner && target.state == State::Active;
        let done = may && (!takes_an_owner || keeps_an_owner(others, role, state));
        if done {
            team[whom] = Standing { role, state, ..target };
        }
        done
    }

    proptest! {
        /// `ORG-03`: whatever is tried, there is an active owner, and nobody has granted or taken more than they held.
        #[test]
        fn org_03_nobody_grants_or_takes_more_than_they_hold(
            mut team in team(),
            tries in prop::collection::vec((any::<usize>(), any::<usize>(), act()), 1..60),
        ) {
            for (by, whom, act) in tries {
                let (by, whom) = (by % team.len(), whom % team.len());
                let (actor, before) = (team[by], team[whom]);
                let done = tried(&mut team, by, whom, act);
                let after = team[whom];
                if done {
                    prop_assert!(actor.is_administrator());
                    prop_assert!(before.role <= actor.role && after.role <= actor.role);
                } else {
                    prop_assert_eq!(before, after);
                }
                prop_assert!(team.iter().any(|one| one.role == Role::Owner && one.state == State::Active));
            }
        }

        /// What a button offers is what the rules allow.
        #[test]
        fn what_is_offered_is_allowed(team in team(), by in any::<usize>(), whom in any::<usize>()) {
            let (viewer, target) = (team[by % team.len()], team[whom % team.len()]);
            let can = member_can(&viewer, &target);
            prop_assert_eq!(can.suspend, may_suspend(&viewer, &target));
            prop_assert_eq!(can.resume, may_resume(&viewer, &target));
            prop_assert_eq!(can.change_role, ROLES.iter().any(|role| may_set_role(&viewer, &target, *role)));
            prop_assert!(!(can.suspend || can.reset_password) || viewer.id != target.id);
        }
    }
}
