//! Who may do what to contacts: keys that only this file can cut.

use directory::{DepartmentId, Permission, Permitted, Principal, State};
use kernel::{Error, MemberId, Result, Tx};
use uuid::Uuid;

use crate::book::row::{self, Row};
use crate::model::{ContactCan, ContactId};

/// Somebody who keeps contacts and sees those that are shared with them.
pub struct Keeper {
    id: MemberId,
    principals: Vec<Principal>,
    tends_shared: bool,
}

impl Keeper {
    /// Every active member keeps contacts of their own and sees what is shared with everybody or with their departments.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let id = tx.member()?;
        if directory::member_state(tx, id).await? != State::Active {
            return Err(Error::Forbidden);
        }
        let principals = directory::principals(tx, id).await?;
        let tends_shared = directory::holders(tx, Permission::PeopleEdit).await?.contains(&id);
        Ok(Self { id, principals, tends_shared })
    }

    /// Who.
    pub fn id(&self) -> MemberId {
        self.id
    }

    /// The ids under which contacts may be shared with them; everybody is nil.
    pub(crate) fn principal_ids(&self) -> Vec<Uuid> {
        self.principals.iter().filter_map(|principal| share_id(*principal)).collect()
    }

    /// Whether they may share with this: everybody, and the departments they are in with those above.
    pub(crate) fn may_share_with(&self, principal: Principal) -> bool {
        share_id(principal).is_some() && self.principals.contains(&principal)
    }

    /// The owner changes a contact; what is shared also whoever may change people of the whole organisation, so that it
    /// does not depend on one who is away.
    pub(crate) fn can(&self, owner: MemberId, is_shared: bool) -> ContactCan {
        ContactCan { edit: owner == self.id || (is_shared && self.tends_shared) }
    }
}

/// How a principal stands in `contacts.share`; contacts are not shared with single people or roles.
pub(crate) fn share_id(principal: Principal) -> Option<Uuid> {
    match principal {
        Principal::Everyone => Some(Uuid::nil()),
        Principal::Department(department) => Some(department.0),
        Principal::Member(_) | Principal::Role(_) | Principal::PeopleGroup(_) => None,
    }
}

/// Who that is.
pub(crate) fn principal(id: Uuid) -> Principal {
    if id.is_nil() { Principal::Everyone } else { Principal::Department(DepartmentId(id)) }
}

/// A contact the caller may see.
pub struct VisibleContact {
    pub(crate) row: Row,
    pub(crate) can: ContactCan,
}

impl VisibleContact {
    /// The owner and whoever it is shared with.
    pub async fn load(tx: &mut Tx, keeper: &Keeper, id: ContactId) -> Result<Self> {
        let row = row::visible(tx, keeper, Some(id)).await?.pop().ok_or(Error::NotFound("contact"))?;
        let can = keeper.can(row.owner_id, row.is_shared());
        Ok(Self { row, can })
    }
}

/// A contact the caller may change and delete.
pub struct EditableContact(pub(crate) Row);

impl EditableContact {
    /// The owner; of a shared one also a holder of `people.edit` for the whole organisation. Nobody else changes or deletes it
    /// until the transaction ends.
    pub async fn load(tx: &mut Tx, keeper: &Keeper, id: ContactId) -> Result<Self> {
        // First the lock, then the look: of a row that was waited for, the same statement would see its old shares.
        row::lock(tx, id).await?;
        let VisibleContact { row, can } = VisibleContact::load(tx, keeper, id).await?;
        if !can.edit {
            return Err(Error::Forbidden);
        }
        if row.owner_id != keeper.id() {
            // What is not one's own rests on the permission, and the audit log says so.
            Permitted::everywhere(tx, Permission::PeopleEdit).await?;
        }
        Ok(Self(row))
    }
}
