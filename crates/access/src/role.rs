//! A role as it is shown: permissions that are given together, and what one may do with it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{BuiltIn, Permission, PermissionSet, RoleId};

/// A role: permissions that are given together.
#[derive(Serialize, ToSchema)]
pub struct AccessRole {
    /// Which.
    pub id: RoleId,
    /// Which of the built-in ones; absent for one that the organisation wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub built_in: Option<BuiltIn>,
    /// What the organisation called it; absent for a built-in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it holds.
    pub permissions: Vec<Permission>,
    /// Whether it can be given for departments.
    pub fits_departments: bool,
    /// How often it is given.
    pub grants: i64,
    /// Changes with every change: what `If-Match` of a change names; absent for a built-in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<i64>,
    /// What the caller may do with it.
    pub can: AccessRoleCan,
}

/// What the caller may do with a role.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct AccessRoleCan {
    /// Rename it, change what it holds.
    pub edit: bool,
    /// Take it out of the list.
    pub delete: bool,
    /// Give it to somebody, for something.
    pub give: bool,
}

/// A permission, as whoever writes a role chooses it.
#[derive(Serialize, ToSchema)]
pub struct OfferedPermission {
    /// Which.
    pub permission: Permission,
    /// Whether it can be given for departments.
    pub fits_departments: bool,
    /// Whether the caller may put it into a role.
    pub may_use: bool,
}

impl OfferedPermission {
    /// Every permission there is, to somebody who holds these for the whole organisation.
    pub fn all(everywhere: PermissionSet) -> Vec<Self> {
        let may_use = |permission| {
            everywhere.has(Permission::RolesEdit)
                && everywhere.has(permission)
                && permission != Permission::OrganisationOwn
        };
        let offered = |permission: Permission| Self {
            permission,
            fits_departments: permission.fits_departments(),
            may_use: may_use(permission),
        };
        Permission::ALL.into_iter().map(offered).collect()
    }
}
