//! What happens to an account is told where its owner is at work just now: an event belongs to one organisation.

use kernel::{Actor, Caller, MemberId, Result, SystemTx, Tx};

/// Commits, having told the organisation of the caller if there is one.
pub async fn tell(tx: SystemTx, caller: &Caller, emit: impl FnOnce(MemberId, &mut Tx) -> Result<()>) -> Result<()> {
    let Some((org, member)) = caller.member else { return tx.commit().await };
    let mut tx = tx.enter(org, Actor::Member(member)).await?;
    emit(member, &mut tx)?;
    tx.commit().await
}
