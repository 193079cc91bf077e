//! Random organisations in which a group of people tries everything.

use std::collections::BTreeSet;

use kernel::MemberId;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, proptest};
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
            for person in 0..first.people.len() {
                let places = &self.people[person].places;
                let wholly = if places.is_empty() {
                    self.group_reaches(permission, None)
                } else {
                    places.iter().all(|place| self.group_reaches(permission, Some(*place)))
                };
                if wholly {
                    reach.insert((permission, "person", person));
                }
            }
        }
        reach
    }

    /// Does it if the rule lets `by`.
    fn attempt(&mut self, by: usize, what: Try) -> bool {
        let lineage = self.lineage();
        let all: Vec<Holdings> = (0..self.people.len()).map(|one| self.holdings(one)).collect();
        let places: Vec<Vec<DepartmentId>> =
            self.people.iter().map(|one| one.places.iter().map(|place| department(*place)).collect()).collect();
        let holder =
            |n: usize| Holder { id: MemberId(Uuid::from_u128(n as u128)), holdings: &all[n], places: &places[n] };
        let actor = holder(by);
        let (people, departments, roles) = (self.people.len(), self.departments.len(), self.roles.len());
        match what {
            Try::Give(whom, role, place) => {
                let (whom, role) = (whom % people, (role % roles, place.map(|place| place % departments)));
                let may = may_give(&actor, self.held(role), &holder(whom), &lineage).is_ok();
                if may {
                    self.people[whom].roles.push(role);
                }
                may
            }
            Try::Take(whom, which) => {
                let whom = whom % people;
                let may = may_take(&actor, &holder(whom), &lineage).is_ok() && !self.people[whom].roles.is_empty();
                if may {
                    let which = which % self.people[whom].roles.len();
                    self.people[whom].roles.remove(which);
                }
                may
            }
            Try::Write(role, permissions) => {
                let role = role % roles;
                let has = |one: &usize| self.people[*one].roles.iter().any(|(held, _)| *held == role);
                let in_departments =
                    self.people.iter().flat_map(|one| &one.roles).any(|(held, place)| *held == role && place.is_some());
                let holders: Vec<Holder> = (0..people).filter(has).map(holder).collect();
                let both = permissions.and(self.roles[role]);
                let may = may_write(&actor, both, &holders, &lineage).is_ok()
                    && (!in_departments || permissions.fits_departments());
                if may {
                    self.roles[role] = permissions;
                }
                may
            }
            Try::NewRole(permissions) => {
                let may = may_write(&actor, permissions, &[], &lineage).is_ok();
                if may {
                    self.roles.push(permissions);
                }
                may
            }
            Try::Place(whom, to, how_many) => {
                let whom = whom % people;
                let to: BTreeSet<usize> = to.iter().take(how_many % 3).map(|place| place % departments).collect();
                let ids: Vec<DepartmentId> = to.iter().map(|place| department(*place)).collect();
                let may = may_place(&actor, &holder(whom), &ids, &self.delegated(), &lineage).is_ok();
                if may {
                    self.people[whom].places = to.into_iter().collect();
                }
                may
            }
            Try::Hang(which, below) => {
                let (which, below) = (which % departments, below.map(|below| below % departments));
                let is_cycle = below.is_some_and(|below| self.above(below).contains(&which));
                let to = below.map(department);
                let may = !is_cycle && may_hang(&actor, department(which), to, &self.delegated(), &lineage).is_ok();
                if may {
                    self.departments[which] = below;
                }
                may
            }
            Try::TakeOver(whom) => {
                let whom = whom % people;
                let may = may_act(&actor, Permission::PeopleResetPassword, &holder(whom), &lineage).is_ok();
                may && self.group.insert(whom)
            }
            Try::Add(place) => {
                let place = place % departments;
                let may = all[by].reach(Permission::PeopleAdd, &[department(place)], &lineage);
                if may {
                    self.people.push(PersonIn { places: vec![place], roles: Vec::new() });
                    self.group.insert(people);
                }
                may
            }
            Try::NewDepartment(below) => {
                let below = below % departments;
                let scope = Scope::Department(department(below));
                let may = all[by].covers(Permission::DepartmentsManage, scope, &lineage);
                if may {
                    self.departments.push(Some(below));
                }
                may
            }
        }
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
    (departments, roles, people, Just(())).prop_map(|(parents, roles, people, ())| {
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
