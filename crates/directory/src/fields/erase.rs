//! Take what stands in a field out of every profile, for good (`DIR-03`).

use kernel::{AccountId, Error, MemberId, Result, Tx};

use super::{BuiltIn, FieldId, stored};
use crate::model::Profile;
use crate::people::columns::rewrite;
use crate::people::handles::{self, HandleKind, NewHandle};
use crate::people::index;

/// Erases the values; of how many people. What is restricted stays, out of sight. `Conflict` when one of them could not sign in any more.
pub(super) async fn values(tx: &mut Tx, field: FieldId) -> Result<u64> {
    if stored::needed_to_sign_in(tx, field).await? > 0 {
        return Err(Error::Conflict("directory.needed_to_sign_in"));
    }
    let built_in = BuiltIn::of(field);
    sqlx::query("delete from directory.reveal where field_id = $1").bind(field).execute(tx.db()).await?;
    if built_in == Some(BuiltIn::Avatar) {
        let members: Vec<MemberId> = sqlx::query_scalar(
            "delete from directory.avatar where member_id not in (
                     select id from directory.member where restricted_at is not null) returning member_id",
        )
        .fetch_all(tx.db())
        .await?;
        return Ok(u64::try_from(members.len()).unwrap_or(u64::MAX));
    }
    let (mut erased, mut after) = (0, None);
    loop {
        let mut some = stored::profiles(tx, after).await?;
        let Some((last, _)) = some.last() else { return Ok(erased) };
        after = Some(*last);
        some.retain(|(_, profile)| profile.has(field));
        some.iter_mut().for_each(|(_, profile)| profile.take(field));
        let members: Vec<MemberId> = some.iter().map(|(member, _)| *member).collect();
        let rewritten: Vec<(MemberId, &Profile)> = some.iter().map(|(member, profile)| (*member, profile)).collect();
        rewrite(tx, &rewritten).await?;
        match built_in {
            Some(BuiltIn::Phone) => sign_out_of(tx, HandleKind::Phone, &members).await?,
            Some(BuiltIn::Email) => sign_out_of(tx, HandleKind::Email, &members).await?,
            _ => {}
        }
        index::follow(tx, &members).await?;
        erased += u64::try_from(members.len()).unwrap_or(u64::MAX);
    }
}

/// Nobody signs in any more with what their profile here brought.
async fn sign_out_of(tx: &mut Tx, kind: HandleKind, members: &[MemberId]) -> Result<()> {
    let accounts: Vec<(MemberId, AccountId)> =
        sqlx::query_as("select id, account_id from directory.member where id = any($1)")
            .bind(members)
            .fetch_all(tx.db())
            .await?;
    let gone = |(member, account)| NewHandle { kind, account, member, value: None };
    handles::set(tx, &accounts.into_iter().map(gone).collect::<Vec<_>>()).await
}
