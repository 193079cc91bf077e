//! Shared contacts of somebody who is not let in any more get another owner out of those who see them already. What they
//! shared with nobody stays theirs, and goes with them.

use std::collections::BTreeSet;

use directory::{DepartmentId, Permission, Permitted, Principal};
use handover::{Kind, Passing, Thing};
use kernel::{BoxFuture, Error, MemberId, Result, Tx};
use uuid::Uuid;

use super::create::check_room;
use super::row;
use crate::card::reseal;
use crate::events::ContactsPassed;
use crate::model::ContactId;
use crate::policy::principal;

/// Contacts that somebody shares, those with the same others together.
pub fn shared_contacts() -> Kind {
    Kind { name: "contacts.shared", things, pass }
}

fn things(tx: &mut Tx, member: MemberId) -> BoxFuture<'_, Result<Vec<Thing>>> {
    Box::pin(async move {
        let can_pass = match Permitted::everywhere(tx, Permission::PeopleEdit).await {
            Ok(_) => true,
            Err(Error::Forbidden) => false,
            Err(error) => return Err(error),
        };
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
        Ok(row::shared_by(tx, member).await?.into_iter().map(thing).collect())
    })
}

fn pass<'a>(tx: &'a mut Tx, passing: &'a Passing) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        Permitted::everywhere(tx, Permission::PeopleEdit).await?;
        let (from, to) = (passing.from(), passing.to());
        let held = row::held(tx, from, passing.thing()).await?;
        if held.is_empty() {
            return Err(Error::NotFound("contact"));
        }
        check_room(tx, to, held.len()).await?;
        let mut ids: Vec<ContactId> = Vec::with_capacity(held.len());
        let mut cards: Vec<Vec<u8>> = Vec::with_capacity(held.len());
        let mut others: BTreeSet<Uuid> = BTreeSet::new();
        for contact in &held {
            ids.push(contact.id);
            cards.push(reseal(tx, contact.id, (from, to), &contact.card)?);
            others.extend(&contact.shared_with);
        }
        row::give(tx, to, &ids, cards).await?;
        let others: Vec<Principal> = others.into_iter().map(principal).collect();
        let told = row::audience(tx, to, &others).await?;
        tx.emit(&ContactsPassed { member: from, successor: to, count: ids.len(), told })
    })
}
