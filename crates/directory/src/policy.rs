//! Proofs of who may do what to the organisation and its people: keys that only this file can cut, by the rules of
//! [`crate::roles`].

use kernel::{Error, MemberId, Result, Tx};

use crate::model::Role;
use crate::people::change_state;
use crate::people::person::{self, Person};
use crate::roles::{Standing, keeps_an_owner, may_act_on, may_set_role};
use crate::state::State;

/// Somebody who is active here, changing what is their own.
pub struct Myself(Person);

impl Myself {
    /// Everybody who is active here has a profile of their own.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let me = tx.member()?;
        person::lock(tx, me).await?;
        let person = person::load(tx, me).await?;
        if person.state == State::Active { Ok(Self(person)) } else { Err(Error::Forbidden) }
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.0
    }
}

/// An active owner or administrator.
pub struct Administrator(Standing);

impl Administrator {
    /// Owners and administrators who are active run the organisation.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let standing = caller(tx).await?;
        if standing.is_administrator() { Ok(Self(standing)) } else { Err(Error::Forbidden) }
    }

    /// Who.
    pub fn standing(&self) -> Standing {
        self.0
    }

    /// Nobody grants more than they hold.
    pub fn check_grant(&self, role: Role) -> Result<()> {
        if role <= self.0.role { Ok(()) } else { Err(Error::Forbidden) }
    }
}

/// An active owner.
pub struct Owner(Standing);

impl Owner {
    /// Owners decide about the organisation itself.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let standing = caller(tx).await?;
        if standing.is_administrator() && standing.role == Role::Owner {
            Ok(Self(standing))
        } else {
            Err(Error::Forbidden)
        }
    }

    /// Who.
    pub fn standing(&self) -> Standing {
        self.0
    }
}

/// A person the caller may change, role and departments included.
pub struct EditableMember {
    person: Person,
    by: Standing,
    other_owners: i64,
}

impl EditableMember {
    /// Administrators change everybody's profile but an owner's; owners everybody's.
    pub async fn load(tx: &mut Tx, id: MemberId) -> Result<Self> {
        // Locked until the transaction ends, owners first: two changes of one profile wait for each other.
        let other_owners = change_state::other_owners(tx, id).await?;
        person::lock(tx, id).await?;
        let (by, person) = both(tx, id).await?;
        if may_act_on(&by, &person.standing()) { Ok(Self { person, by, other_owners }) } else { Err(Error::Forbidden) }
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// Who changes them.
    pub fn by(&self) -> Standing {
        self.by
    }

    /// Nobody grants or takes more than they hold, and there is always an active owner (`ORG-03`).
    pub(crate) fn check_role(&self, to: Role) -> Result<()> {
        let person = &self.person;
        if !may_set_role(&self.by, &person.standing(), to) {
            return Err(Error::Forbidden);
        }
        if person.role == Role::Owner && !keeps_an_owner(self.other_owners, to, person.state) {
            return Err(Error::Conflict("directory.last_owner"));
        }
        Ok(())
    }
}

/// A person the caller may shut out.
pub struct SuspendableMember(MemberId);

impl SuspendableMember {
    /// Administrators suspend whom they may edit, but not themselves (`ACC-10`).
    pub async fn load(tx: &mut Tx, id: MemberId) -> Result<Self> {
        let (by, person) = both(tx, id).await?;
        if !may_act_on(&by, &person.standing()) || by.id == id {
            return Err(Error::Forbidden);
        }
        if person.state.leads_to(State::Suspended) {
            Ok(Self(id))
        } else {
            Err(Error::Conflict("directory.not_active"))
        }
    }

    /// Who.
    pub fn id(&self) -> MemberId {
        self.0
    }
}

/// A suspended person the caller may let in again.
pub struct ResumableMember(MemberId);

impl ResumableMember {
    /// Administrators resume whom they may edit.
    pub async fn load(tx: &mut Tx, id: MemberId) -> Result<Self> {
        let (by, person) = both(tx, id).await?;
        if !may_act_on(&by, &person.standing()) {
            return Err(Error::Forbidden);
        }
        if person.state == State::Suspended { Ok(Self(id)) } else { Err(Error::Conflict("directory.not_suspended")) }
    }

    /// Who.
    pub fn id(&self) -> MemberId {
        self.0
    }
}

/// A person whom the caller may give a new initial password.
pub struct ResettableMember(Person);

impl ResettableMember {
    /// Administrators do, for whom they may edit but not for themselves, and only when the account belongs to nobody else.
    pub async fn load(tx: &mut Tx, id: MemberId) -> Result<Self> {
        let (by, person) = both(tx, id).await?;
        if !may_act_on(&by, &person.standing()) || by.id == id {
            return Err(Error::Forbidden);
        }
        if person.state != State::Active {
            return Err(Error::Conflict("directory.not_active"));
        }
        if crate::people::memberships::is_elsewhere(tx, person.account).await? {
            return Err(Error::Conflict("directory.account_elsewhere"));
        }
        Ok(Self(person))
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.0
    }
}

/// Where the caller stands; `Forbidden` for whoever is no member.
pub(crate) async fn caller(tx: &mut Tx) -> Result<Standing> {
    let me = tx.member()?;
    standing_of(tx, me).await?.ok_or(Error::Forbidden)
}

pub(crate) async fn standing_of(tx: &mut Tx, id: MemberId) -> Result<Option<Standing>> {
    Ok(sqlx::query_as("select id, role, state from directory.member where id = $1")
        .bind(id)
        .fetch_optional(tx.db())
        .await?)
}

async fn both(tx: &mut Tx, id: MemberId) -> Result<(Standing, Person)> {
    let by = caller(tx).await?;
    Ok((by, person::load(tx, id).await?))
}
