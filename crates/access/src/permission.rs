//! The closed list of permissions. An operation says in its `x-access` which of them opens it; the table of the manual is
//! made from that.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What one may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Permission {
    /// See who is invited, suspended or leaving, and what people sign in with.
    #[serde(rename = "people.see")]
    PeopleSee,
    /// Add people, with an initial password or by asking an account that exists.
    #[serde(rename = "people.add")]
    PeopleAdd,
    /// Change what is known of people and what they sign in with.
    #[serde(rename = "people.edit")]
    PeopleEdit,
    /// Say which departments people are in and which they lead.
    #[serde(rename = "people.place")]
    PeoplePlace,
    /// Suspend people and let them in again.
    #[serde(rename = "people.suspend")]
    PeopleSuspend,
    /// Disable and remove people, take that back, and hand over what they had.
    #[serde(rename = "people.remove")]
    PeopleRemove,
    /// Give people a new initial password.
    #[serde(rename = "people.reset_password")]
    PeopleResetPassword,
    /// Make links by which people join.
    #[serde(rename = "people.invite")]
    PeopleInvite,
    /// Bring people and departments in from spreadsheets; takes adding, changing and placing with it.
    #[serde(rename = "people.import")]
    PeopleImport,
    /// Make, rename, move and delete departments.
    #[serde(rename = "departments.manage")]
    DepartmentsManage,
    /// See which roles there are and who has them.
    #[serde(rename = "roles.see")]
    RolesSee,
    /// Give and take roles that hold no more than oneself.
    #[serde(rename = "roles.give")]
    RolesGive,
    /// Write roles of one's own making.
    #[serde(rename = "roles.edit")]
    RolesEdit,
    /// Change names, contact and settings of the organisation.
    #[serde(rename = "organisation.edit")]
    OrganisationEdit,
    /// Say how long messages are kept, may be changed and taken back.
    #[serde(rename = "content.retention")]
    ContentRetention,
    /// Say which files are allowed and how much room they have.
    #[serde(rename = "content.files")]
    ContentFiles,
    /// Announce something to everybody or to departments, and see who has read it.
    #[serde(rename = "announcements.write")]
    AnnouncementsWrite,
    /// Read the audit log.
    #[serde(rename = "audit.read")]
    AuditRead,
    /// See how the server is and what it does in the background.
    #[serde(rename = "server.see")]
    ServerSee,
    /// Be the second who approves or refuses a sensitive act of somebody else.
    #[serde(rename = "acts.decide")]
    ActsDecide,
    /// Make and end service tokens, which lend programs no more than one holds.
    #[serde(rename = "tokens.manage")]
    TokensManage,
    /// Say which organisations are peers of this one, and who speaks with them.
    #[serde(rename = "peers.manage")]
    PeersManage,
    /// Make and unmake owners. Stands in no role but the owner's.
    #[serde(rename = "organisation.own")]
    OrganisationOwn,
}

impl Permission {
    /// Every permission, in the order in which they are shown.
    pub const ALL: [Self; 23] = [
        Self::PeopleSee,
        Self::PeopleAdd,
        Self::PeopleEdit,
        Self::PeoplePlace,
        Self::PeopleSuspend,
        Self::PeopleRemove,
        Self::PeopleResetPassword,
        Self::PeopleInvite,
        Self::PeopleImport,
        Self::DepartmentsManage,
        Self::RolesSee,
        Self::RolesGive,
        Self::RolesEdit,
        Self::OrganisationEdit,
        Self::ContentRetention,
        Self::ContentFiles,
        Self::AnnouncementsWrite,
        Self::AuditRead,
        Self::ServerSee,
        Self::ActsDecide,
        Self::TokensManage,
        Self::PeersManage,
        Self::OrganisationOwn,
    ];

    /// As it is written in roles, documents and answers: `people.add`.
    pub fn name(self) -> &'static str {
        match self {
            Self::PeopleSee => "people.see",
            Self::PeopleAdd => "people.add",
            Self::PeopleEdit => "people.edit",
            Self::PeoplePlace => "people.place",
            Self::PeopleSuspend => "people.suspend",
            Self::PeopleRemove => "people.remove",
            Self::PeopleResetPassword => "people.reset_password",
            Self::PeopleInvite => "people.invite",
            Self::PeopleImport => "people.import",
            Self::DepartmentsManage => "departments.manage",
            Self::RolesSee => "roles.see",
            Self::RolesGive => "roles.give",
            Self::RolesEdit => "roles.edit",
            Self::OrganisationEdit => "organisation.edit",
            Self::ContentRetention => "content.retention",
            Self::ContentFiles => "content.files",
            Self::AnnouncementsWrite => "announcements.write",
            Self::AuditRead => "audit.read",
            Self::ServerSee => "server.see",
            Self::ActsDecide => "acts.decide",
            Self::TokensManage => "tokens.manage",
            Self::PeersManage => "peers.manage",
            Self::OrganisationOwn => "organisation.own",
        }
    }

    /// The permission of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Whether it can be held for departments; the others are about the whole organisation.
    pub fn fits_departments(self) -> bool {
        matches!(
            self,
            Self::PeopleSee
                | Self::PeopleAdd
                | Self::PeopleEdit
                | Self::PeoplePlace
                | Self::PeopleSuspend
                | Self::PeopleRemove
                | Self::PeopleResetPassword
                | Self::PeopleInvite
                | Self::DepartmentsManage
                | Self::RolesGive
                | Self::AnnouncementsWrite
        )
    }

    /// Whether a program can hold it. What decides about people's rights, or gives them, only people do.
    pub fn fits_tokens(self) -> bool {
        matches!(
            self,
            Self::PeopleSee
                | Self::PeopleAdd
                | Self::PeopleEdit
                | Self::PeoplePlace
                | Self::PeopleSuspend
                | Self::PeopleRemove
                | Self::DepartmentsManage
        )
    }

    fn bit(self) -> u32 {
        1 << (self as u32)
    }
}

/// Some of the permissions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PermissionSet(u32);

impl PermissionSet {
    /// All there are.
    pub fn all() -> Self {
        Permission::ALL.into_iter().collect()
    }

    /// Whether it is one of them.
    pub fn has(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Those of either.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are not in `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// In the order in which they are shown.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.has(*permission))
    }

    /// Whether each of them can be held for departments.
    pub fn fits_departments(self) -> bool {
        self.iter().all(Permission::fits_departments)
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().fold(0, |bits, permission| bits | permission.bit()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Permission, PermissionSet};

    #[test]
    fn every_permission_has_one_name_and_one_place() {
        assert_eq!(PermissionSet::all().iter().collect::<Vec<_>>(), Permission::ALL);
        for permission in Permission::ALL {
            assert_eq!(Permission::named(permission.name()), Some(permission));
        }
        assert_eq!(Permission::named("people.erase"), None);
    }
}
