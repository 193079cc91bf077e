//! An organisation on its way out: nobody comes in any more, and on a day that is known from the beginning it is gone. Crate
//! `dissolution` decides about it; here it only stands, for whoever lets somebody in to see.

use chrono::{DateTime, Utc};
use kernel::{Caller, Error, OrgId, Result, SignedIn, SystemTx, Tx};
use sqlx::PgConnection;

use crate::ask::closed;

/// From now on nobody comes in; `Conflict` when it is so already. Sessions and sockets end by `identity::close_organisation`.
///
/// Emits nothing: crate `dissolution` says who decided it.
pub async fn dissolve(tx: &mut Tx, at: DateTime<Utc>) -> Result<()> {
    let org = tx.org();
    let done = sqlx::query(
        "insert into hosting.decision as d (org_id, dissolves_at) values ($1, $2)
         on conflict on constraint decision_pkey do update set dissolves_at = $2 where d.dissolves_at is null",
    )
    .bind(org)
    .bind(at)
    .execute(tx.db())
    .await?;
    if done.rows_affected() == 0 { Err(Error::Conflict("hosting.dissolving_already")) } else { Ok(()) }
}

/// Its people come in again, unless the operator keeps it suspended; `Conflict` when it is not being dissolved, or its time is
/// over. While it is suspended its time does not end.
///
/// Emits nothing: crate `dissolution` says who decided it.
pub async fn restore(tx: &mut Tx) -> Result<()> {
    let (org, now) = (tx.org(), tx.now());
    let done = sqlx::query(
        "update hosting.decision set dissolves_at = null
         where org_id = $1 and dissolves_at is not null and not is_erasing
           and (dissolves_at > $2 or suspended_at is not null)",
    )
    .bind(org)
    .bind(now)
    .execute(tx.db())
    .await?;
    if done.rows_affected() == 0 { Err(Error::Conflict("hosting.not_dissolving")) } else { Ok(()) }
}

/// When the organisation of `tx` is gone, if it is being dissolved.
pub async fn dissolves_at(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    let org = tx.org();
    let at: Option<Option<DateTime<Utc>>> =
        sqlx::query_scalar("select dissolves_at from hosting.decision where org_id = $1")
            .bind(org)
            .fetch_optional(tx.db())
            .await?;
    Ok(at.flatten())
}

/// Those whose time is over. It is not while the operator keeps one suspended, unless its erasure has begun.
pub async fn over(db: &mut PgConnection, now: DateTime<Utc>) -> Result<Vec<OrgId>> {
    Ok(sqlx::query_scalar(
        "select org_id from hosting.decision where dissolves_at <= $1 and (is_erasing or suspended_at is null)
         order by org_id",
    )
    .bind(now)
    .fetch_all(db)
    .await?)
}

/// From here on nobody brings it back and nobody suspends it; `false` when somebody did meanwhile.
pub async fn begin_erasure(tx: &mut SystemTx, org: OrgId) -> Result<bool> {
    let now = tx.now();
    let begun = sqlx::query(
        "update hosting.decision set is_erasing = true
         where org_id = $1 and dissolves_at <= $2 and (is_erasing or suspended_at is null)",
    )
    .bind(org)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(begun.rows_affected() == 1)
}

/// Its time is over, whatever is known of it: its key was destroyed, and an older database knows nothing of that.
pub async fn end_again(tx: &mut Tx) -> Result<()> {
    let (org, now) = (tx.org(), tx.now());
    sqlx::query(
        "insert into hosting.decision (org_id, dissolves_at, is_erasing) values ($1, $2, true)
         on conflict on constraint decision_pkey do update set dissolves_at = $2, is_erasing = true",
    )
    .bind(org)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// The last that is known of it goes; `false` when it had gone already.
pub async fn forget(tx: &mut SystemTx, org: OrgId) -> Result<bool> {
    let gone =
        sqlx::query("delete from hosting.decision where org_id = $1 and is_erasing").bind(org).execute(tx.db()).await?;
    Ok(gone.rows_affected() == 1)
}

/// For the little that owners do while their organisation is being dissolved: that it is keeps them from none of it, whatever
/// else must be done first (`Caller::must`) still must. Nobody else is in it any more.
pub fn check_open_to_owners(caller: &Caller) -> Result<()> {
    let code = caller.must.filter(|code| *code != crate::DISSOLVING || caller.member.is_none());
    code.map_or(Ok(()), |code| Err(Error::Blocked(code)))
}

/// A transaction in the organisation of the request, for taking away what is in it: open as to everybody else, and to its owners
/// while it is being dissolved too (`ORG-09`). Not while the operator keeps it suspended, whoever owns it.
pub async fn enter_to_take_away(caller: &SignedIn) -> Result<Tx> {
    check_open_to_owners(&caller.caller)?;
    let mut tx = caller.begin().await?;
    let org = tx.org();
    let is_suspended = closed(tx.db(), &[org]).await?.iter().any(|closed| closed.is_suspended);
    if is_suspended { Err(Error::Blocked(crate::SUSPENDED)) } else { Ok(tx) }
}
