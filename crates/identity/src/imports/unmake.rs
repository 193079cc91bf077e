//! Takes back what an import did, in one transaction: who left is let in, the rest is as it was.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use directory::imports::{Deed, DeedKind};
use directory::{Importer, State, TurnableMember, imports};
use kernel::{AccountId, Error, MemberId, Result, Tx};

use super::{deeds, write};
use crate::members::resume::resume;
use crate::model::ImportId;

/// In the name of whoever imported: they still need the right to.
pub async fn unmake(mut tx: Tx, import: ImportId, kinds: &[DeedKind]) -> Result<()> {
    imports::hold_departments(&mut tx).await?;
    let by = Importer::load(&mut tx).await?;
    let kept_deeds = deeds::open(&mut tx, import, kinds).await?;
    let all: Vec<&Deed> = kept_deeds.iter().map(|one| &one.done.deed).collect();
    let came_in = came_in(&mut tx, &all).await?;
    let given = given(&mut tx, &all).await?;
    let (mut tx, mut kept) = let_in(tx, &all).await?;
    kept.extend(given);
    // Letting people in rested on the right to remove them.
    by.rest_on(&mut tx);
    let kept = imports::undo(&mut tx, &by, &all, &came_in, kept).await?;
    forget_invitations(&mut tx, &all, &kept).await?;
    let fate = |(at, one): (usize, &deeds::KeptDeed)| (one.n, kept.get(&at).copied());
    let fates: Vec<_> = kept_deeds.iter().enumerate().map(fate).collect();
    deeds::settle(&mut tx, import, &fates).await?;
    write::set_state(&mut tx, import, "done", None).await?;
    tx.commit().await
}

/// The new people to whom somebody has handed something over since: it would go with them.
async fn given(tx: &mut Tx, deeds: &[&Deed]) -> Result<imports::Kept> {
    let new = deeds.iter().enumerate().filter(|(_, deed)| matches!(deed, Deed::Added { .. }));
    let new: HashMap<MemberId, usize> = new.filter_map(|(at, deed)| Some((deed.member()?, at))).collect();
    let successors = handover::successors(tx, &new.keys().copied().collect::<Vec<_>>()).await?;
    Ok(successors.iter().filter_map(|one| Some((*new.get(one)?, "changed_meanwhile"))).collect())
}

/// Those of the new people who have signed in since. Nobody of them does until this is done.
async fn came_in(tx: &mut Tx, deeds: &[&Deed]) -> Result<HashSet<MemberId>> {
    let new: HashMap<AccountId, MemberId> = deeds
        .iter()
        .filter_map(|deed| match deed {
            Deed::Added { member, account, state: State::Active, .. } => Some((*account, *member)),
            _ => None,
        })
        .collect();
    let accounts: Vec<AccountId> = new.keys().copied().collect();
    sqlx::query("select from identity.account where id = any($1) order by id for update")
        .bind(&accounts)
        .execute(tx.db())
        .await?;
    let known: Vec<AccountId> = sqlx::query_scalar(
        "select a.id from unnest($1::uuid[]) as a (id)
         where exists (select from identity.sign_in s where s.account_id = a.id and s.outcome = 'ok')
            or exists (select from identity.credential c where c.account_id = a.id and c.kind = 'password')",
    )
    .bind(&accounts)
    .fetch_all(tx.db())
    .await?;
    Ok(known.iter().filter_map(|account| new.get(account)).copied().collect())
}

/// Lets those in again who left with the import and are still on the way; why the others are not.
async fn let_in(mut tx: Tx, deeds: &[&Deed]) -> Result<(Tx, imports::Kept)> {
    let mut kept = imports::Kept::new();
    for (at, deed) in deeds.iter().enumerate() {
        let Deed::Left { member, from, at: since } = deed else { continue };
        let way = way_back(&mut tx, *member, *since).await?;
        tx = match way {
            Ok(way) => back(tx, &way, *from).await?,
            Err(code) => {
                kept.insert(at, code);
                tx
            }
        };
    }
    Ok((tx, kept))
}

async fn way_back(
    tx: &mut Tx,
    member: MemberId,
    since: DateTime<Utc>,
) -> Result<std::result::Result<TurnableMember, &'static str>> {
    match directory::person(tx, member).await {
        Ok(person) if person.state != State::Leaving || person.state_at != since => {
            return Ok(Err("changed_meanwhile"));
        }
        Err(Error::NotFound(_)) => return Ok(Err("is_gone")),
        found => drop(found?),
    }
    match TurnableMember::load(tx, member, State::Active).await {
        Ok(way) => Ok(Ok(way)),
        Err(Error::Forbidden) => Ok(Err("not_allowed")),
        Err(error) => Err(error),
    }
}

/// Whoever was suspended is so again, without having been let in for a moment.
async fn back(mut tx: Tx, way: &TurnableMember, from: State) -> Result<Tx> {
    let (org, actor) = (tx.org(), tx.actor());
    if from == State::Active {
        return resume(tx, way).await?.enter(org, actor).await;
    }
    directory::turn(&mut tx, way, 1).await?;
    directory::set_state(&mut tx, way.id(), from).await?;
    Ok(tx)
}

/// Nobody is asked into what they were taken out of.
async fn forget_invitations(tx: &mut Tx, deeds: &[&Deed], kept: &imports::Kept) -> Result<()> {
    let gone = deeds.iter().enumerate().filter(|(at, _)| !kept.contains_key(at));
    let gone: Vec<MemberId> = gone
        .filter_map(|(_, deed)| match deed {
            Deed::Added { member, state: State::Invited, .. } => Some(*member),
            _ => None,
        })
        .collect();
    let org = tx.org();
    sqlx::query("delete from identity.account_invitation where org_id = $1 and member_id = any($2)")
        .bind(org)
        .bind(&gone)
        .execute(tx.db())
        .await?;
    Ok(())
}
