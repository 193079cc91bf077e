//! Somebody becomes an owner, or is one no longer: with a second (`ORG-03`).

use access::{BuiltIn, Permission};
use kernel::{Error, MemberId, Result, Subscriber, Tx, subscriber};
use serde::{Deserialize, Serialize};

use super::{Assured, NewAct, SensitiveAct, approved, ask, settle};
use crate::departments::tree;
use crate::events::SensitiveActApproved;
use crate::people::change_state::other_owners;
use crate::people::edit::announce;
use crate::people::person::{self, Person};
use crate::roles::{holding, written};
use access::State;

pub(super) const GIVE: &str = "directory.give_owner";
const TAKE: &str = "directory.take_owner";

#[derive(Serialize, Deserialize)]
struct Whom {
    member: MemberId,
}

/// Asks to make the person an owner. Whoever calls this has checked that the caller may.
pub(crate) async fn ask_to_give(tx: &mut Tx, assured: &Assured, person: &Person) -> Result<SensitiveAct> {
    if !written::grants(tx, Some(BuiltIn::Owner.id()), Some(&[person.id])).await?.is_empty() {
        return Err(Error::Conflict("directory.has_role"));
    }
    ask(tx, assured, NewAct { kind: GIVE, about: Some(person.id.0), params: Whom { member: person.id } }).await
}

/// Asks to have the person be an owner no longer; never the last one.
pub(crate) async fn ask_to_take(tx: &mut Tx, assured: &Assured, person: &Person) -> Result<SensitiveAct> {
    if other_owners(tx, person.id).await? == 0 {
        return Err(Error::Conflict("directory.last_owner"));
    }
    ask(tx, assured, NewAct { kind: TAKE, about: Some(person.id.0), params: Whom { member: person.id } }).await
}

/// Does what was approved.
pub(crate) fn subscribers() -> Vec<Subscriber> {
    vec![
        subscriber::<SensitiveActApproved>(GIVE, |tx, approval| Box::pin(turn(tx, approval, GIVE))),
        subscriber::<SensitiveActApproved>(TAKE, |tx, approval| Box::pin(turn(tx, approval, TAKE))),
    ]
}

async fn turn(tx: &mut Tx, approval: SensitiveActApproved, kind: &str) -> Result<()> {
    let Some(Whom { member }) = approved(tx, &approval, kind).await? else { return Ok(()) };
    let asked_by = approval.asked_by;
    let outcome = if kind == GIVE { give(tx, asked_by, member).await } else { take(tx, asked_by, member).await };
    settle(tx, &approval, outcome).await
}

/// What was true when it was asked may not be any more.
async fn check(tx: &mut Tx, asked_by: MemberId, member: MemberId) -> Result<Person> {
    tree::lock(tx).await?;
    let owners = holding::holders(tx, Permission::OrganisationOwn, &[]).await?;
    if owners.iter().all(|(owner, _)| *owner != asked_by) {
        return Err(Error::Forbidden);
    }
    person::lock(tx, member).await?;
    person::load(tx, member).await
}

async fn give(tx: &mut Tx, asked_by: MemberId, member: MemberId) -> Result<()> {
    let person = check(tx, asked_by, member).await?;
    if person.state != State::Active {
        return Err(Error::Conflict("directory.not_active"));
    }
    if !written::grants(tx, Some(BuiltIn::Owner.id()), Some(&[member])).await?.is_empty() {
        return Err(Error::Conflict("directory.has_role"));
    }
    written::insert(tx, member, BuiltIn::Owner.id(), None).await?;
    announce(tx, member, vec!["role".to_owned()], None).await
}

async fn take(tx: &mut Tx, asked_by: MemberId, member: MemberId) -> Result<()> {
    check(tx, asked_by, member).await?;
    if other_owners(tx, member).await? == 0 {
        return Err(Error::Conflict("directory.last_owner"));
    }
    for grant in written::grants(tx, Some(BuiltIn::Owner.id()), Some(&[member])).await? {
        written::delete(tx, &grant).await?;
    }
    announce(tx, member, vec!["role".to_owned()], None).await
}
