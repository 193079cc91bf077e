//! Somebody who was asked in does not want to come: nothing that was written of them stays.

use kernel::{Bucket, Error, MemberId, Result, Tx};

use super::change_state::set_state;
use access::State;

/// Takes the invited person out again; they can be asked in anew. `Conflict` when they are more than invited.
pub async fn forget_invited(tx: &mut Tx, member: MemberId) -> Result<()> {
    if crate::member_state(tx, member).await? != State::Invited {
        return Err(Error::Conflict("directory.no_such_state_change"));
    }
    set_state(tx, member, State::Erased).await?;
    let org = tx.org();
    sqlx::query("delete from directory.member where id = $1").bind(member).execute(tx.db()).await?;
    const MEMBERSHIP: &str = "delete from directory.membership where org_id = $1 and member_id = $2";
    sqlx::query(MEMBERSHIP).bind(org).bind(member).execute(tx.db()).await?;
    tx.on_commit(move |app| {
        // The rows are gone; the key is destroyed so that no copy of them can be read either.
        if app.vault().destroy(org.0, &[Bucket::Member(member.0)]).is_err() {
            tracing::warn!(member = %member, "the key of somebody who declined could not be destroyed");
        }
    });
    Ok(())
}
