//! Take what stands in a field out of every profile, for good (`DIR-03`).

use chrono::{DateTime, Utc};
use kernel::{AccountId, Error, MemberId, Result, Tx};

use super::{BuiltIn, FieldId, Rules, stored};
use crate::model::Profile;
use crate::people::columns::rewrite;
use crate::people::handles::{self, HandleKind, NewHandle};
use crate::people::person::Person;
use crate::people::{index, look_up};

/// Erases the values; of how many people. Of whoever had their data restricted they stay, out of sight, until it is used again: see
/// [`missed`]. `Conflict` when one of them could not sign in any more.
pub(super) async fn values(tx: &mut Tx, field: FieldId) -> Result<u64> {
    if stored::needed_to_sign_in(tx, field).await? > 0 {
        return Err(Error::Conflict("directory.needed_to_sign_in"));
    }
    let (built_in, restricted, now) = (BuiltIn::of(field), look_up::restricted(tx).await?, tx.now());
    let staying: Vec<MemberId> = restricted.iter().copied().collect();
    sqlx::query("update directory.field set erased_at = $2 where id = $1")
        .bind(field)
        .bind(now)
        .execute(tx.db())
        .await?;
    sqlx::query("delete from directory.reveal where field_id = $1 and member_id <> all($2)")
        .bind(field)
        .bind(&staying)
        .execute(tx.db())
        .await?;
    if built_in == Some(BuiltIn::Avatar) {
        const ALL_BUT: &str = "delete from directory.avatar where member_id <> all($1)";
        return Ok(sqlx::query(ALL_BUT).bind(staying).execute(tx.db()).await?.rows_affected());
    }
    let (mut erased, mut after) = (0, None);
    loop {
        let mut some = stored::profiles(tx, after).await?;
        let Some((last, _)) = some.last() else { return Ok(erased) };
        after = Some(*last);
        some.retain(|(member, profile)| profile.has(field) && !restricted.contains(member));
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

/// What was erased of everybody else since the person's data was restricted, in fields that are still off or not there any more.
pub(crate) async fn missed(tx: &mut Tx, person: Person, since: DateTime<Utc>) -> Result<()> {
    const ERASED: &str = "select id from directory.field where erased_at >= $1 and not is_collected";
    let gone: Vec<FieldId> = sqlx::query_scalar(ERASED).bind(since).fetch_all(tx.db()).await?;
    let (rules, mut profile) = (Rules::load(tx).await?, person.profile.clone());
    profile.values.retain(|field, _| rules.get(*field).is_some());
    gone.iter().for_each(|field| profile.take(*field));
    let taken = profile.differing(&person.profile);
    if !taken.is_empty() {
        rewrite(tx, &[(person.id, &profile)]).await?;
        const LOOKED: &str = "delete from directory.reveal where member_id = $1 and field_id = any($2)";
        sqlx::query(LOOKED).bind(person.id).bind(taken).execute(tx.db()).await?;
    }
    for field in gone {
        match BuiltIn::of(field) {
            Some(BuiltIn::Phone) => sign_out_of(tx, HandleKind::Phone, &[person.id]).await?,
            Some(BuiltIn::Email) => sign_out_of(tx, HandleKind::Email, &[person.id]).await?,
            Some(BuiltIn::Avatar) => {
                const PICTURE: &str = "delete from directory.avatar where member_id = $1";
                sqlx::query(PICTURE).bind(person.id).execute(tx.db()).await?;
            }
            _ => {}
        }
    }
    Ok(())
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
