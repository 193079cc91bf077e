//! The roles that every organisation has from its beginning.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Permission, PermissionSet};

kernel::id!(
    /// A role: one of the built-in ones, or one that the organisation wrote.
    RoleId
);

/// A role that is there from the beginning and cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BuiltInRole)]
pub enum BuiltIn {
    /// Answers for the organisation; there is always one.
    Owner,
    /// Runs it, except for its owners.
    Administrator,
    /// Looks after people and departments.
    PeopleAdministrator,
    /// Looks after how long what people make is kept, which files are allowed, and what is announced.
    ContentAdministrator,
    /// Looks after sign-in and what happened; is the second for sensitive acts.
    SecurityAdministrator,
    /// Sees everything an administrator sees, changes nothing.
    Auditor,
}

impl BuiltIn {
    /// All of them, the strongest first.
    pub const ALL: [Self; 6] = [
        Self::Owner,
        Self::Administrator,
        Self::PeopleAdministrator,
        Self::ContentAdministrator,
        Self::SecurityAdministrator,
        Self::Auditor,
    ];

    /// The same in every organisation.
    pub fn id(self) -> RoleId {
        RoleId(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001 + self as u128))
    }

    /// The built-in role of this id.
    pub fn of(id: RoleId) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }

    /// What it is called on the screen: in Simplified Chinese, Traditional Chinese and English.
    pub fn titles(self) -> [&'static str; 3] {
        match self {
            Self::Owner => ["所有者", "擁有者", "Owner"],
            Self::Administrator => ["管理员", "管理員", "Administrator"],
            Self::PeopleAdministrator => ["人员管理员", "人員管理員", "People administrator"],
            Self::ContentAdministrator => ["内容管理员", "內容管理員", "Content administrator"],
            Self::SecurityAdministrator => ["安全管理员", "安全管理員", "Security administrator"],
            Self::Auditor => ["审计员", "稽核員", "Auditor"],
        }
    }

    /// What it holds.
    pub fn permissions(self) -> PermissionSet {
        let people = [
            Permission::PeopleSee,
            Permission::PeopleAdd,
            Permission::PeopleEdit,
            Permission::PeoplePlace,
            Permission::PeopleSuspend,
            Permission::PeopleRemove,
            Permission::PeopleResetPassword,
            Permission::PeopleInvite,
            Permission::PeopleImport,
            Permission::DepartmentsManage,
            Permission::RolesSee,
        ];
        let security = [
            Permission::PeopleSee,
            Permission::PeopleSuspend,
            Permission::PeopleResetPassword,
            Permission::RolesSee,
            Permission::AuditRead,
            Permission::ServerSee,
            Permission::ActsDecide,
            Permission::PeersManage,
        ];
        let auditor = [Permission::PeopleSee, Permission::RolesSee, Permission::AuditRead, Permission::ServerSee];
        let content = [Permission::ContentRetention, Permission::ContentFiles, Permission::AnnouncementsWrite];
        match self {
            Self::Owner => PermissionSet::all(),
            Self::Administrator => PermissionSet::all().without([Permission::OrganisationOwn].into_iter().collect()),
            Self::PeopleAdministrator => people.into_iter().collect(),
            Self::ContentAdministrator => content.into_iter().collect(),
            Self::SecurityAdministrator => security.into_iter().collect(),
            Self::Auditor => auditor.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BuiltIn;
    use crate::Permission;

    #[test]
    fn org_03_only_the_owner_owns_and_the_auditor_changes_nothing() {
        for role in BuiltIn::ALL {
            assert_eq!(BuiltIn::of(role.id()), Some(role));
            assert_eq!(role.permissions().has(Permission::OrganisationOwn), role == BuiltIn::Owner);
        }
        let reading = [Permission::PeopleSee, Permission::RolesSee, Permission::AuditRead, Permission::ServerSee];
        assert!(BuiltIn::Auditor.permissions().iter().all(|permission| reading.contains(&permission)));
    }
}
