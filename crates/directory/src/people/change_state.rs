//! Move a member from one state to another, by the one table of ways.

use kernel::{Error, MemberId, Result, Tx};

use super::index;
use crate::events::{MemberChanged, MemberResumed, MemberSuspended};
use crate::model::Role;
use crate::standing::keeps_an_owner;
use crate::state::State;

/// Moves the member; `Conflict` when there is no such way, or when no active owner would be left.
///
/// Whoever calls this holds a proof that it may be done ([`crate::SuspendableMember`] and its like), or is the program
/// itself. When the member is shut out, their sockets end with the commit.
pub async fn set_state(tx: &mut Tx, member: MemberId, to: State) -> Result<()> {
    drop(index::load(tx).await?);
    // Owners are locked before the member, always in one order, so that two of these wait instead of failing.
    let others = other_owners(tx, member).await?;
    let (from, role): (State, Role) =
        sqlx::query_as("select state, role from directory.member where id = $1 for update")
            .bind(member)
            .fetch_optional(tx.db())
            .await?
            .ok_or(Error::NotFound("member"))?;
    if !from.leads_to(to) {
        return Err(Error::Conflict("directory.no_such_state_change"));
    }
    if role == Role::Owner && from == State::Active && !keeps_an_owner(others, role, to) {
        return Err(Error::Conflict("directory.last_owner"));
    }
    let now = tx.now();
    sqlx::query("update directory.member set state = $2, state_at = $3, revision = revision + 1 where id = $1")
        .bind(member)
        .bind(to)
        .bind(now)
        .execute(tx.db())
        .await?;
    index::follow(tx, &[member]).await?;
    if from == State::Active {
        let org = tx.org();
        let code = if to == State::Suspended { "suspended" } else { "revoked" };
        tx.on_commit(move |app| app.cut_member_everywhere(org, member, code));
    }
    match (from, to) {
        (_, State::Suspended) => tx.emit(&MemberSuspended { member }),
        (State::Suspended, State::Active) => tx.emit(&MemberResumed { member }),
        _ => tx.emit(&MemberChanged { member, fields: vec!["state".into()], role: None }),
    }
}

/// How many active owners there are besides this member. Their rows stay locked until the transaction ends, so that two
/// owners cannot take each other away at the same time.
pub(crate) async fn other_owners(tx: &mut Tx, member: MemberId) -> Result<i64> {
    let owners: Vec<MemberId> = sqlx::query_scalar(
        "select id from directory.member where role = 'owner' and state = 'active' order by id for update",
    )
    .fetch_all(tx.db())
    .await?;
    let others = owners.into_iter().filter(|owner| *owner != member).count();
    Ok(i64::try_from(others).map_err(anyhow::Error::from)?)
}
