//! Random organisations in which a group of people tries everything.

use std::collections::BTreeSet;

use kernel::MemberId;
use proptest::prelude::{Strategy, any, prop, prop_assert, proptest};
use uuid::Uuid;

use crate::{
    DepartmentId, Held, Holder, Holdings, Lineage, Permission, PermissionSet, Scope, may_act, may_give, may_hang,
    may_place, may_take, may_write,
};

/// A role: what it holds.
type RoleAt = usize;

#[derive(Debug, Clone, Default)]
struct World {
    /// The parent of each department; a department comes after what is above it only at the beginning.
    departments: Vec<Option<usize>>,
    roles: Vec<PermissionSet>,
    people: Vec<PersonIn>,
    /// Those who try, with everybody they made or took over.
    group: BTreeSet<usize>,
}

#[derive(Debug, Clone, Default)]
struct PersonIn {
    places: Vec<usize>,
    roles: Vec<(RoleAt, Option<usize>)>,
}

#[derive(Debug, Clone, Copy)]
enum Try {
    Give(usize, RoleAt, Option<usize>),
    Take(usize, usize),
    Write(RoleAt, PermissionSet),
    NewRole(PermissionSet),
    Place(usize, [usize; 2], usize),
    Hang(usize, Option<usize>),
    TakeOver(usize),
    Add(usize),
    NewDepartment(usize),
}

fn department(n: usize) -> DepartmentId {
    DepartmentId(Uuid::from_u128(n as u128 + 1))
}

impl World {
    fn above(&self, from: usize) -> Vec<usize> {
        let mut all = vec![from];
        let mut at = self.departments[from];
        while let Some(next) = at {
            all.push(next);
            at = self.departments[next];
        }
        all
    }

    fn lineage(&self) -> Lineage {
        let pairs = (0..self.departments.len())
            .flat_map(|one| self.above(one).into_iter().map(move |top| (department(one), department(top))));
        Lineage::of(pairs)
    }

    fn held(&self, (role, place): (RoleAt, Option<usize>)) -> Held {
        Held { permissions: self.roles[role], scope: place.map(department).into() }
    }

    fn holdings(&self, who: usize) -> Holdings {
        Holdings::of(self.people[who].roles.iter().map(|role| self.held(*role)))
    }

    fn delegated(&self) -> Vec<Held> {
        let all = self.people.iter().flat_map(|person| &person.roles);
        all.filter(|(_, place)| place.is_some()).map(|role| self.held(*role)).collect()
    }

    /// Whether somebody of the group may do this in the department, counted without the code under test.
    fn group_reaches(&self, permission: Permission, place: Option<usize>) -> bool {
        let tops: Vec<Option<usize>> =
            place.map_or_else(Vec::new, |place| self.above(place)).into_iter().map(Some).chain([None]).collect();
        self.group
            .iter()
            .flat_map(|one| &self.people[*one].roles)
            .any(|(role, scope)| self.roles[*role].has(permission) && tops.contains(scope))
    }

    /// Everything of `first` that the group may do, together, to whom and what was there then.
    fn reach(&self, first: &Self) -> BTreeSet<(Permission, &'static str, usize)> {
        let mut reach = BTreeSet::new();
        for permission in Permission::ALL {
            if self.group_reaches(permission, None) {
                reach.insert((permission, "organisation", 0));
            }
            let departments = 0..first.departments.len();
            reach.extend(
                departments
                    .filter(|one| self.group_reaches(permission, Some(*one)))
                    .map(|one| (permission, "department", one)),
            );
            let people = 0..first.people.len();
            reach.extend(
                people
                    .filter(|one| self.group_reaches_wholly(permission, &self.people[*one].places))
                    .map(|one| (permission, "person", one)),
            );
        }
        reach
    }

    /// Whether it may at every place somebody is; who is nowhere is the organisation's.
    fn group_reaches_wholly(&self, permission: Permission, places: &[usize]) -> bool {
        match places {
            [] => self.group_reaches(permission, None),
            some => some.iter().all(|place| self.group_reaches(permission, Some(*place))),
        }
    }

    /// The same with names of what is there.
    fn named(&self, what: Try) -> Try {
        let (people, departments, roles) = (self.people.len(), self.departments.len(), self.roles.len());
        let within = |place: Option<usize>| place.map(|place| place % departments);
        match what {
            Try::Give(whom, role, place) => Try::Give(whom % people, role % roles, within(place)),
            Try::Take(whom, which) => Try::Take(whom % people, which),
            Try::Write(role, permissions) => Try::Write(role % roles, permissions),
            Try::NewRole(permissions) => Try::NewRole(permissions),
            Try::Place(whom, [one, other], how_many) => {
                Try::Place(whom % people, [one % departments, other % departments], how_many % 3)
            }
            Try::Hang(which, below) => Try::Hang(which % departments, within(below)),
            Try::TakeOver(whom) => Try::TakeOver(whom % people),
            Try::Add(place) => Try::Add(place % departments),
            Try::NewDepartment(below) => Try::NewDepartment(below % departments),
        }
    }

    /// Whether the rule, and what the tables demand besides, lets `by`.
    fn may(&self, by: usize, what: Try) -> bool {
        let lineage = self.lineage();
        let all: Vec<Holdings> = (0..self.people.len()).map(|one| self.holdings(one)).collect();
        let ids = |places: &[usize]| places.iter().map(|place| department(*place)).collect();
        let places: Vec<Vec<DepartmentId>> = self.people.iter().map(|one| ids(&one.places)).collect();
        let holder =
            |n: usize| Holder { id: MemberId(Uuid::from_u128(n as u128)), holdings: &all[n], places: &places[n] };
        let actor = holder(by);
        match what {
            Try::Give(whom, role, place) => may_give(&actor, self.held((role, place)), &holder(whom), &lineage).is_ok(),
            Try::Take(whom, _) => {
                !self.people[whom].roles.is_empty() && may_take(&actor, &holder(whom), &lineage).is_ok()
            }
            Try::Write(role, permissions) => {
                let grants = || self.people.iter().flat_map(|one| &one.roles).filter(|(held, _)| *held == role);
                let fits = permissions.fits_departments() || grants().all(|(_, place)| place.is_none());
                let has = |one: &usize| self.people[*one].roles.iter().any(|(held, _)| *held == role);
                let holders: Vec<Holder> = (0..self.people.len()).filter(has).map(holder).collect();
                fits && may_write(&actor, permissions.and(self.roles[role]), &holders, &lineage).is_ok()
            }
            Try::NewRole(permissions) => may_write(&actor, permissions, &[], &lineage).is_ok(),
            Try::Place(whom, to, how_many) => {
                let to: Vec<DepartmentId> = ids(&to[..how_many]);
                may_place(&actor, &holder(whom), &to, &self.delegated(), &lineage).is_ok()
            }
            Try::Hang(which, below) => {
                let is_cycle = below.is_some_and(|below| self.above(below).contains(&which));
                let to = below.map(department);
                !is_cycle && may_hang(&actor, department(which), to, &self.delegated(), &lineage).is_ok()
            }
            Try::TakeOver(whom) => may_act(&actor, Permission::PeopleResetPassword, &holder(whom), &lineage).is_ok(),
            Try::Add(place) => all[by].reach(Permission::PeopleAdd, &[department(place)], &lineage),
            Try::NewDepartment(below) => {
                all[by].covers(Permission::DepartmentsManage, Scope::Department(department(below)), &lineage)
            }
        }
    }

    fn change(&mut self, what: Try) {
        match what {
            Try::Give(whom, role, place) => self.people[whom].roles.push((role, place)),
            Try::Take(whom, which) => {
                let which = which % self.people[whom].roles.len();
                self.people[whom].roles.remove(which);
            }
            Try::Write(role, permissions) => self.roles[role] = permissions,
            Try::NewRole(permissions) => self.roles.push(permissions),
            Try::Place(whom, to, how_many) => {
                let to: BTreeSet<usize> = to[..how_many].iter().copied().collect();
                self.people[whom].places = to.into_iter().collect();
            }
            Try::Hang(which, below) => self.departments[which] = below,
            Try::TakeOver(whom) => drop(self.group.insert(whom)),
            Try::Add(place) => {
                self.group.insert(self.people.len());
                self.people.push(PersonIn { places: vec![place], roles: Vec::new() });
            }
            Try::NewDepartment(below) => self.departments.push(Some(below)),
        }
    }

    /// Does it if `by` may.
    fn attempt(&mut self, by: usize, what: Try) -> bool {
        let what = self.named(what);
        let may = self.may(by, what);
        if may {
            self.change(what);
        }
        may
    }
}

fn permissions() -> impl Strategy<Value = PermissionSet> {
    prop::collection::vec(0..Permission::ALL.len(), 0..8)
        .prop_map(|some| some.into_iter().map(|n| Permission::ALL[n]).collect())
}

/// Four to seven departments, three roles, three to six people with two places and roles at most, some of them the group.
fn world() -> impl Strategy<Value = World> {
    let departments = prop::collection::vec(any::<prop::sample::Index>(), 4..8);
    let roles = prop::collection::vec(permissions(), 3..5);
    let place = || (any::<bool>(), any::<usize>());
    let person = (prop::collection::vec(any::<usize>(), 0..3), prop::collection::vec((any::<usize>(), place()), 0..3));
    let people = prop::collection::vec((person, any::<bool>()), 3..7);
    (departments, roles, people).prop_map(|(parents, roles, people)| {
        let parent = |(n, index): (usize, prop::sample::Index)| (n > 0).then(|| index.index(n));
        let departments: Vec<Option<usize>> = parents.into_iter().enumerate().map(parent).collect();
        let mut world = World { departments, roles, ..World::default() };
        for (n, ((places, given), is_in)) in people.into_iter().enumerate() {
            let places: BTreeSet<usize> = places.into_iter().map(|place| place % world.departments.len()).collect();
            let given = given.into_iter().map(|(role, (is_whole, place))| {
                let role = role % world.roles.len();
                let is_whole = is_whole || !world.roles[role].fits_departments();
                (role, (!is_whole).then_some(place % world.departments.len()))
            });
            world.people.push(PersonIn { places: places.into_iter().collect(), roles: given.collect() });
            if is_in || n == 0 {
                world.group.insert(n);
            }
        }
        world
    })
}

fn attempt() -> impl Strategy<Value = Try> {
    let some = || any::<usize>();
    let place = || prop::option::of(any::<usize>());
    prop::strategy::Union::new([
        (some(), some(), place()).prop_map(|(a, b, c)| Try::Give(a, b, c)).boxed(),
        (some(), some()).prop_map(|(a, b)| Try::Take(a, b)).boxed(),
        (some(), permissions()).prop_map(|(a, b)| Try::Write(a, b)).boxed(),
        permissions().prop_map(Try::NewRole).boxed(),
        (some(), some(), some(), some()).prop_map(|(a, b, c, d)| Try::Place(a, [b, c], d)).boxed(),
        (some(), place()).prop_map(|(a, b)| Try::Hang(a, b)).boxed(),
        some().prop_map(Try::TakeOver).boxed(),
        some().prop_map(Try::Add).boxed(),
        some().prop_map(Try::NewDepartment).boxed(),
    ])
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2_000))]

    /// `ORG-03`, B.2: whatever a group tries, in whatever order, together with everybody it makes or takes over, it reaches
    /// nothing of what was there that it did not reach before.
    #[test]
    fn org_03_no_sequence_of_calls_reaches_more_than_its_callers_held(
        first in world(),
        tries in prop::collection::vec((any::<usize>(), attempt()), 1..40),
    ) {
        let mut world = first.clone();
        let before = first.reach(&first);
        for (by, what) in tries {
            let by = *world.group.iter().nth(by % world.group.len()).expect("a group has people");
            if world.attempt(by, what) {
                let more: Vec<_> = world.reach(&first).difference(&before).copied().collect();
                prop_assert!(more.is_empty(), "{what:?} by {by} reaches {more:?}");
            }
        }
    }
}
