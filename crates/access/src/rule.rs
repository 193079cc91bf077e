//! The rule: nobody can grant, take over, or reach by any sequence of calls more than they hold (`ORG-03`). Read this file
//! to know who may do what to whom; nowhere else decides.

use kernel::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{DepartmentId, Held, Holdings, Lineage, Permission, PermissionSet, Scope};

/// Somebody, as far as the rule looks at them.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    /// Who.
    pub id: MemberId,
    /// What they hold.
    pub holdings: &'a Holdings,
    /// The departments they are in.
    pub places: &'a [DepartmentId],
}

/// What a role holds, and how far it is given.
pub type Granted = Held;

/// Why the rule says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// One does not hold the permission at all.
    NotHeld,
    /// One does not hold it for everywhere this person or department is.
    OutOfScope,
    /// Nobody does this to themselves.
    Oneself,
    /// The other holds something that one does not hold.
    HoldsMore,
    /// The role holds something that one does not hold as widely.
    GivesMore,
    /// Those who look after the new place could do there what one may not do oneself.
    HandsOver,
    /// Something in the role is about the whole organisation.
    WholeOnly,
}

type Answer = Result<(), Refusal>;

fn demand(is_so: bool, refusal: Refusal) -> Answer {
    if is_so { Ok(()) } else { Err(refusal) }
}

fn holds(actor: &Holder, permission: Permission) -> Answer {
    demand(actor.holdings.has(permission), Refusal::NotHeld)
}

/// To act on a person one holds the permission wherever they are, and whatever they hold: otherwise a new password for a
/// stronger one would make one stronger.
pub fn may_act(actor: &Holder, permission: Permission, target: &Holder, lineage: &Lineage) -> Answer {
    holds(actor, permission)?;
    demand(actor.holdings.reach(permission, target.places, lineage), Refusal::OutOfScope)?;
    demand(actor.holdings.hold_all_of(target.holdings, lineage), Refusal::HoldsMore)
}

/// To give somebody else a role one may act on them, gives roles as widely oneself, and holds everything in it as widely: a
/// role in which there is nothing today may be written tomorrow.
pub fn may_give(actor: &Holder, role: Granted, target: &Holder, lineage: &Lineage) -> Answer {
    demand(actor.id != target.id, Refusal::Oneself)?;
    may_act(actor, Permission::RolesGive, target, lineage)?;
    demand(role.scope == Scope::Organisation || role.permissions.fits_departments(), Refusal::WholeOnly)?;
    demand(actor.holdings.covers(Permission::RolesGive, role.scope, lineage), Refusal::GivesMore)?;
    demand(actor.holdings.cover(role.permissions, role.scope, lineage), Refusal::GivesMore)
}

/// To take a role from somebody else one may act on them: what they hold, that role included, one holds oneself.
pub fn may_take(actor: &Holder, target: &Holder, lineage: &Lineage) -> Answer {
    demand(actor.id != target.id, Refusal::Oneself)?;
    may_act(actor, Permission::RolesGive, target, lineage)
}

/// To write a role one does not have it, holds all that it held and will hold for the whole organisation, and holds
/// whatever its holders hold. Owning stands in no role that is written.
pub fn may_write(actor: &Holder, permissions: PermissionSet, holders: &[Holder], lineage: &Lineage) -> Answer {
    holds(actor, Permission::RolesEdit)?;
    demand(!permissions.has(Permission::OrganisationOwn), Refusal::GivesMore)?;
    demand(actor.holdings.cover(permissions, Scope::Organisation, lineage), Refusal::GivesMore)?;
    demand(holders.iter().all(|holder| holder.id != actor.id), Refusal::Oneself)?;
    let is_no_less = |holder: &Holder| actor.holdings.hold_all_of(holder.holdings, lineage);
    demand(holders.iter().all(is_no_less), Refusal::HoldsMore)
}

/// To put a person into departments one may place them where they are and where they go. Whoever looks after one of the new
/// places gets them: everything that anybody may do there one may do to them already.
///
/// `delegated` is every role that was given for departments. `target.places` is where they are now.
pub fn may_place(
    actor: &Holder,
    target: &Holder,
    to: &[DepartmentId],
    delegated: &[Held],
    lineage: &Lineage,
) -> Answer {
    may_act(actor, Permission::PeoplePlace, target, lineage)?;
    demand(actor.holdings.reach(Permission::PeoplePlace, to, lineage), Refusal::OutOfScope)?;
    // Who looked after all the places before gets nothing new.
    let is_above = |top| !target.places.is_empty() && target.places.iter().all(|place| lineage.is_below(*place, top));
    let there = |place: &DepartmentId| handed_over(*place, delegated, lineage, is_above);
    let gained = to.iter().map(there).fold(PermissionSet::default(), PermissionSet::and);
    let reaches = |permission| actor.holdings.reach(permission, target.places, lineage);
    demand(gained.iter().all(reaches), Refusal::HandsOver)
}

/// To hang a department elsewhere one manages it, and the place it goes to. Whoever looks after that place gets it:
/// everything that anybody may do there one may do in the department already.
pub fn may_hang(
    actor: &Holder,
    department: DepartmentId,
    below: Option<DepartmentId>,
    delegated: &[Held],
    lineage: &Lineage,
) -> Answer {
    let (manage, own) = (Permission::DepartmentsManage, Scope::Department(department));
    holds(actor, manage)?;
    demand(actor.holdings.covers(manage, own, lineage), Refusal::OutOfScope)?;
    demand(actor.holdings.covers(manage, Scope::from(below), lineage), Refusal::OutOfScope)?;
    let is_above = |top| lineage.is_below(department, top);
    let gained = below.map_or_else(PermissionSet::default, |place| handed_over(place, delegated, lineage, is_above));
    demand(actor.holdings.cover(gained, own, lineage), Refusal::HandsOver)
}

/// To lend rights to a program one holds `tokens.manage`, and everything that is lent at least as widely. What only people do
/// is lent to no program.
pub fn may_lend(actor: &Holder, lent: &[Held], lineage: &Lineage) -> Answer {
    holds(actor, Permission::TokensManage)?;
    demand(lent.iter().all(|held| held.permissions.iter().all(Permission::fits_tokens)), Refusal::GivesMore)?;
    demand(lent.iter().all(|held| actor.holdings.cover(held.permissions, held.scope, lineage)), Refusal::GivesMore)
}

/// What those may do who were given a role for the place or for something above it, and did not have it `before`.
fn handed_over(
    place: DepartmentId,
    delegated: &[Held],
    lineage: &Lineage,
    before: impl Fn(DepartmentId) -> bool,
) -> PermissionSet {
    let is_new = |held: &&Held| match held.scope {
        Scope::Department(top) => lineage.is_below(place, top) && !before(top),
        Scope::Organisation => false,
    };
    delegated.iter().filter(is_new).fold(PermissionSet::default(), |all, held| all.and(held.permissions))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn org_03_to_a_program_one_lends_what_one_holds_and_nothing_that_only_people_do() {
        let place = DepartmentId(Uuid::from_u128(1));
        let whole = |permissions: &[Permission]| Held {
            permissions: permissions.iter().copied().collect(),
            scope: Scope::Organisation,
        };
        let within =
            |permission| Held { permissions: [permission].into_iter().collect(), scope: Scope::Department(place) };
        let lineage = Lineage::of([(place, place)]);
        let holdings = Holdings::of([
            whole(&[Permission::TokensManage, Permission::PeopleSee, Permission::RolesGive]),
            within(Permission::PeopleEdit),
        ]);
        let ann = Holder { id: MemberId(Uuid::nil()), holdings: &holdings, places: &[] };
        let lend = |lent: Held| may_lend(&ann, &[lent], &lineage);
        assert_eq!(lend(whole(&[Permission::PeopleSee])), Ok(()));
        assert_eq!(lend(within(Permission::PeopleEdit)), Ok(()));
        assert_eq!(lend(whole(&[Permission::PeopleEdit])), Err(Refusal::GivesMore), "wider than one's own");
        assert_eq!(lend(whole(&[Permission::PeopleAdd])), Err(Refusal::GivesMore), "not one's own");
        assert_eq!(lend(whole(&[Permission::RolesGive])), Err(Refusal::GivesMore), "only people give roles");
        let without = Holdings::of([whole(&[Permission::PeopleSee])]);
        let bob = Holder { holdings: &without, ..ann };
        assert_eq!(may_lend(&bob, &[whole(&[Permission::PeopleSee])], &lineage), Err(Refusal::NotHeld));
    }

    #[test]
    fn org_03_a_role_is_given_no_further_than_one_gives_roles_whatever_is_in_it() {
        let [own, other] = [1, 2].map(|n| DepartmentId(Uuid::from_u128(n)));
        let lineage = Lineage::of([(own, own), (other, other)]);
        let held =
            |permissions: &[Permission], scope| Held { permissions: permissions.iter().copied().collect(), scope };
        let holdings = Holdings::of([
            held(&[Permission::RolesGive], Scope::Department(own)),
            held(&[Permission::PeopleSee], Scope::Organisation),
        ]);
        let kong = Holder { id: MemberId(Uuid::from_u128(1)), holdings: &holdings, places: &[] };
        let ding = Holder { id: MemberId(Uuid::from_u128(2)), holdings: &Holdings::default(), places: &[own] };
        for role in [&[][..], &[Permission::PeopleSee]] {
            let give = |scope| may_give(&kong, held(role, scope), &ding, &lineage);
            assert_eq!(give(Scope::Department(own)), Ok(()));
            assert_eq!(give(Scope::Department(other)), Err(Refusal::GivesMore));
            assert_eq!(give(Scope::Organisation), Err(Refusal::GivesMore));
        }
    }
}
