//! What ends when somebody is let in no more, whichever way they go (`ACC-10`, `ACC-11`, `DEL-01`).

use directory::TurnableMember;
use kernel::{MemberId, Result, SystemTx, Tx};

use crate::events::InvitationRevoked;
use crate::invitations::onlookers;
use crate::model::InvitationId;
use crate::sessions::revocation::{self, Why};

/// Takes the way of the proof out of the organisation of `tx`: sign-ins, sockets and links to join end with the commit, on
/// other nodes half a second later. In other organisations they go on. `months` counts for those who are disabled.
pub async fn shut_out(mut tx: Tx, member: &TurnableMember, months: u32) -> Result<SystemTx> {
    let (org, id) = (tx.org(), member.id());
    directory::turn(&mut tx, member, months).await?;
    end_links(&mut tx, id).await?;
    let mut tx = tx.leave().await?;
    revocation::shut_out(&mut tx, org, id).await?;
    let Some(account) = directory::account_of_member(&mut tx, org, id).await? else { return Ok(tx) };
    // Whoever has nowhere else to go is signed out altogether.
    if directory::memberships_of(&mut tx, account).await?.iter().all(|membership| membership.org == org) {
        revocation::end_sessions(&mut tx, account, None, Why::Suspended).await?;
    }
    Ok(tx)
}

/// Nobody comes in by a link of somebody who is out, and they themselves do not either.
async fn end_links(tx: &mut Tx, member: MemberId) -> Result<()> {
    let (org, now) = (tx.org(), tx.now());
    let ended: Vec<InvitationId> = sqlx::query_scalar(
        "update identity.invitation set revoked_at = $3
         where org_id = $1 and created_by = $2 and revoked_at is null and expires_at > $3 returning id",
    )
    .bind(org)
    .bind(member)
    .bind(now)
    .fetch_all(tx.db())
    .await?;
    if ended.is_empty() {
        return Ok(());
    }
    let administrators = onlookers(tx, None).await?;
    ended
        .into_iter()
        .try_for_each(|invitation| tx.emit(&InvitationRevoked { invitation, administrators: administrators.clone() }))
}
