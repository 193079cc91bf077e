//! What somebody holds, and whether it is as much as something else.

use crate::{DepartmentId, Lineage, Permission, PermissionSet};

/// How far a permission reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everybody and everything.
    Organisation,
    /// A department and what lies below it.
    Department(DepartmentId),
}

impl From<Option<DepartmentId>> for Scope {
    fn from(department: Option<DepartmentId>) -> Self {
        department.map_or(Self::Organisation, Self::Department)
    }
}

impl Scope {
    /// The department, when it is one.
    pub fn department(self) -> Option<DepartmentId> {
        match self {
            Self::Department(department) => Some(department),
            Self::Organisation => None,
        }
    }

    /// Whether all of `other` lies within it.
    pub fn contains(self, other: Self, lineage: &Lineage) -> bool {
        match (self, other) {
            (Self::Organisation, _) => true,
            (Self::Department(_), Self::Organisation) => false,
            (Self::Department(top), Self::Department(inner)) => lineage.is_below(inner, top),
        }
    }
}

/// Some permissions in one scope: a role as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub permissions: PermissionSet,
    /// How far.
    pub scope: Scope,
}

/// Everything somebody holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holdings(Vec<Held>);

impl Holdings {
    /// Out of the roles they have.
    pub fn of(held: impl IntoIterator<Item = Held>) -> Self {
        Self(held.into_iter().collect())
    }

    /// The roles they have.
    pub fn held(&self) -> &[Held] {
        &self.0
    }

    /// Whether they hold the permission for anything at all.
    pub fn has(&self, permission: Permission) -> bool {
        self.0.iter().any(|held| held.permissions.has(permission))
    }

    /// What they hold for the whole organisation.
    pub fn everywhere(&self) -> PermissionSet {
        let whole = self.0.iter().filter(|held| held.scope == Scope::Organisation);
        whole.fold(PermissionSet::default(), |all, held| all.and(held.permissions))
    }

    /// What they hold for anything at all.
    pub fn anywhere(&self) -> PermissionSet {
        self.0.iter().fold(PermissionSet::default(), |all, held| all.and(held.permissions))
    }

    /// The departments for which they hold the permission.
    pub fn departments(&self, permission: Permission) -> impl Iterator<Item = DepartmentId> {
        let scopes = self.0.iter().filter(move |held| held.permissions.has(permission)).map(|held| held.scope);
        scopes.filter_map(Scope::department)
    }

    /// The departments for which they were given roles: their part. None of whoever sees after everybody.
    pub fn part(&self) -> Vec<DepartmentId> {
        if self.everywhere().has(Permission::PeopleSee) {
            return Vec::new();
        }
        self.0.iter().filter_map(|held| held.scope.department()).collect()
    }

    /// Whether there is anything for which they could give a role that holds this.
    pub fn may_give_somewhere(&self, permissions: PermissionSet) -> bool {
        self.0.iter().any(|held| {
            held.permissions.has(Permission::RolesGive)
                && permissions.without(held.permissions).is_empty()
                && (held.scope == Scope::Organisation || permissions.fits_departments())
        })
    }

    /// Whether they hold the permission for all of `scope`.
    pub fn covers(&self, permission: Permission, scope: Scope, lineage: &Lineage) -> bool {
        self.0.iter().any(|held| held.permissions.has(permission) && held.scope.contains(scope, lineage))
    }

    /// Whether they hold each of the permissions for all of `scope`.
    pub fn cover(&self, permissions: PermissionSet, scope: Scope, lineage: &Lineage) -> bool {
        permissions.iter().all(|permission| self.covers(permission, scope, lineage))
    }

    /// Whether they hold the permission for somebody or something that stands in these departments: for each of them; for
    /// the whole organisation when it stands in none.
    pub fn reach(&self, permission: Permission, places: &[DepartmentId], lineage: &Lineage) -> bool {
        if places.is_empty() {
            return self.covers(permission, Scope::Organisation, lineage);
        }
        places.iter().all(|place| self.covers(permission, Scope::Department(*place), lineage))
    }

    /// What of `lent` they hold themselves, as widely: no more reaches whoever acts for them.
    #[must_use]
    pub fn narrowed(&self, lent: &[Held], lineage: &Lineage) -> Self {
        let kept = |held: &Held| {
            let own = held.permissions.iter().filter(|permission| self.covers(*permission, held.scope, lineage));
            Held { permissions: own.collect(), scope: held.scope }
        };
        Self(lent.iter().map(kept).filter(|held| !held.permissions.is_empty()).collect())
    }

    /// Whether they hold whatever `other` holds, as wide or wider.
    pub fn hold_all_of(&self, other: &Self, lineage: &Lineage) -> bool {
        other.0.iter().all(|held| self.cover(held.permissions, held.scope, lineage))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop, prop_assert, proptest};
    use uuid::Uuid;

    use super::*;

    /// Four departments, each below the one before.
    fn chain() -> Lineage {
        let department = |n: u128| DepartmentId(Uuid::from_u128(n));
        Lineage::of((1..=4).flat_map(move |one| (1..=one).map(move |top| (department(one), department(top)))))
    }

    fn held() -> impl Strategy<Value = Vec<Held>> {
        let permissions = prop::collection::vec(prop::sample::select(Permission::ALL.to_vec()), 0..6);
        let scope = any::<u8>().prop_map(|n| match n % 5 {
            0 => Scope::Organisation,
            n => Scope::Department(DepartmentId(Uuid::from_u128(u128::from(n)))),
        });
        let one =
            (permissions, scope).prop_map(|(some, scope)| Held { permissions: some.into_iter().collect(), scope });
        prop::collection::vec(one, 0..5)
    }

    proptest! {
        #[test]
        fn org_03_who_acts_for_somebody_holds_no_more_than_was_lent_and_no_more_than_they(theirs in held(), lent in held()) {
            let (lineage, maker) = (chain(), Holdings::of(theirs));
            let narrowed = maker.narrowed(&lent, &lineage);
            prop_assert!(maker.hold_all_of(&narrowed, &lineage));
            prop_assert!(Holdings::of(lent.clone()).hold_all_of(&narrowed, &lineage));
            // And nothing is lost that both hold.
            for one in &lent {
                for permission in one.permissions.iter().filter(|one_of| maker.covers(*one_of, one.scope, &lineage)) {
                    prop_assert!(narrowed.covers(permission, one.scope, &lineage));
                }
            }
        }
    }
}
