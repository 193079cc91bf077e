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
        self.0.iter().filter(move |held| held.permissions.has(permission)).filter_map(|held| match held.scope {
            Scope::Department(department) => Some(department),
            Scope::Organisation => None,
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

    /// Whether they hold whatever `other` holds, as wide or wider.
    pub fn hold_all_of(&self, other: &Self, lineage: &Lineage) -> bool {
        other.0.iter().all(|held| self.cover(held.permissions, held.scope, lineage))
    }
}
