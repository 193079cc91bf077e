//! Shared contacts of somebody who is not let in any more get another owner out of those who see them already. What they
//! shared with nobody stays theirs, and goes with them.

use directory::{DepartmentId, Permission, Permitted, Principal};
use handover::{Kind, Passing, Thing};
use kernel::{BoxFuture, Error, MemberId, Result, Tx};
use uuid::Uuid;

use super::create::check_room;
use super::row;
use crate::card::reseal;
use crate::events::ContactsPassed;
use crate::model::ContactId;

/// Contacts that somebody shares, those with the same others together.
pub fn shared_contacts() -> Kind {
    Kind { name: "contacts.shared", things, pass }
}

fn principal(id: Uuid) -> Principal {
    if id.is_nil() { Principal::Everyone } else { Principal::Department(DepartmentId(id)) }
}

fn things(tx: &mut Tx, member: MemberId) -> BoxFuture<'_, Result<Vec<Thing>>> {
    Box::pin(async move {
        let can_pass = match Permitted::everywhere(tx, Permission::PeopleEdit).await {
            Ok(_) => true,
            Err(Error::Forbidden) => false,
            Err(error) => return Err(error),
        };
        let found = row::shared_by(tx, member).await?;
        let mut groups: Vec<(Uuid, i64)> = Vec::new();
        for (_, with, _) in found {
            match groups.iter_mut().find(|(id, _)| *id == with) {
                Some((_, count)) => *count += 1,
                None => groups.push((with, 1)),
            }
        }
        let thing = |(id, count): (Uuid, i64)| Thing {
            id,
            name: None,
            department: (!id.is_nil()).then_some(DepartmentId(id)),
            role: None,
            count: Some(count),
            candidates: vec![principal(id)],
            proposed: None,
            can_pass,
        };
        Ok(groups.into_iter().map(thing).collect())
    })
}

fn pass<'a>(tx: &'a mut Tx, passing: &'a Passing) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        Permitted::everywhere(tx, Permission::PeopleEdit).await?;
        let (from, to) = (passing.from(), passing.to());
        let found = row::shared_by(tx, from).await?;
        let theirs: Vec<_> = found.into_iter().filter(|(_, with, _)| *with == passing.thing()).collect();
        check_room(tx, to, theirs.len()).await?;
        let mut ids: Vec<ContactId> = Vec::with_capacity(theirs.len());
        let mut cards: Vec<Vec<u8>> = Vec::with_capacity(theirs.len());
        for (id, _, sealed) in &theirs {
            ids.push(*id);
            cards.push(reseal(tx, *id, (from, to), sealed)?);
        }
        row::give(tx, to, &ids, cards).await?;
        let told = row::audience(tx, to, &[principal(passing.thing())]).await?;
        tx.emit(&ContactsPassed { member: from, successor: to, count: ids.len(), told })
    })
}
