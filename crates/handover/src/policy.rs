//! Who may hand over what of whom: keys that only this file can cut.

use directory::{OverseenMember, Principal};
use kernel::{Error, MemberId, Result, Tx};
use uuid::Uuid;

use crate::kind::Thing;

/// Somebody who is shut out, whose things the caller may hand over.
pub struct Leaver(OverseenMember);

impl Leaver {
    /// Who may remove them (`directory::OverseenMember`), once they are shut out.
    pub async fn load(tx: &mut Tx, member: MemberId) -> Result<Self> {
        Ok(Self(OverseenMember::load(tx, member).await?))
    }

    /// The same, to decide about something of theirs: they stay shut out until the transaction ends.
    pub async fn load_held(tx: &mut Tx, member: MemberId) -> Result<Self> {
        Ok(Self(OverseenMember::load_held(tx, member).await?))
    }

    /// All of them whom the caller may see off.
    pub async fn all(tx: &mut Tx) -> Result<Vec<Self>> {
        Ok(OverseenMember::all(tx).await?.into_iter().map(Self).collect())
    }

    /// The person.
    pub fn person(&self) -> &directory::Person {
        self.0.person()
    }

    /// Whoever was let in under one of the names that the thing goes to may have it: `Invalid` for everybody else, and for
    /// whoever is not active.
    pub async fn pass(&self, tx: &mut Tx, thing: &Thing, to: MemberId) -> Result<Passing> {
        let names = directory::principals(tx, to).await?;
        let is_candidate = names.iter().any(|name| thing.candidates.contains(name));
        let wrong = Error::Invalid { field: "successor_id", why: "not_a_candidate" };
        if is_candidate { Ok(Passing { from: self.person().id, thing: thing.id, to }) } else { Err(wrong) }
    }
}

/// That this thing of this leaver may go to this successor, as far as the hand-over goes: the kind checks what it asks besides.
pub struct Passing {
    from: MemberId,
    thing: Uuid,
    to: MemberId,
}

impl Passing {
    /// Who has it.
    pub fn from(&self) -> MemberId {
        self.from
    }

    /// What.
    pub fn thing(&self) -> Uuid {
        self.thing
    }

    /// Who is to have it.
    pub fn to(&self) -> MemberId {
        self.to
    }
}

/// Who is proposed: whom the kind names, else `nearest`, as long as they may have it. Nobody is told to give a role to themselves.
pub async fn proposed(tx: &mut Tx, thing: &Thing, nearest: Option<MemberId>) -> Result<Option<MemberId>> {
    let Some(proposed) = thing.proposed.or(nearest) else { return Ok(None) };
    if thing.role.is_some() && tx.member()? == proposed {
        return Ok(None);
    }
    let names: Vec<Principal> = directory::principals(tx, proposed).await?;
    Ok(names.iter().any(|name| thing.candidates.contains(name)).then_some(proposed))
}
