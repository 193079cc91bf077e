//! Lines go when their time is over, the oldest first; the log then begins behind them.

use ::audit::Head;
use chrono::TimeDelta;

use crate::{App, OrgId, Result, Tx};

/// How long a line stays, done and refused alike. Six calendar months are never longer: the floor of RET-01, and not a day more
/// of what people did than that. The statement says so.
pub const KEPT: TimeDelta = TimeDelta::days(184);

/// Takes away the lines of the organisation of `tx` whose time is over. While somebody verifies the log it waits for the next time.
pub(crate) async fn expire(tx: &mut Tx) -> Result<()> {
    let (org, before) = (tx.org(), tx.now() - KEPT);
    let is_ours: bool =
        sqlx::query_scalar("select pg_try_advisory_xact_lock(hashtextextended('kernel.audit' || $1::text, 0))")
            .bind(org)
            .fetch_one(tx.db())
            .await?;
    if !is_ours {
        return Ok(());
    }
    // Up to the first that stays, not by time alone: whoever commits later may have begun earlier.
    let past: Option<(i64, Vec<u8>)> = sqlx::query_as(
        "select line, link from kernel.audit_entry where org_id = $1 and line < coalesce(
             (select line from kernel.audit_entry where org_id = $1 and at >= $2 order by line limit 1), 9223372036854775807)
         order by line desc limit 1",
    )
    .bind(org)
    .bind(before)
    .fetch_optional(tx.db())
    .await?;
    let Some((line, link)) = past else { return Ok(()) };
    let past = Head { line, link };
    sqlx::query("delete from kernel.audit_entry where org_id = $1 and line <= $2")
        .bind(org)
        .bind(line)
        .execute(tx.db())
        .await?;
    sqlx::query("update kernel.org_clock set past_line = $2, past_link = $3, past_proof = $4 where org_id = $1")
        .bind(org)
        .bind(line)
        .bind(&past.link)
        .bind(proof(tx.app(), org, &past))
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Nothing expires until the transaction ends.
pub(super) async fn hold(tx: &mut Tx) -> Result<()> {
    let org = tx.org();
    sqlx::query("select pg_advisory_xact_lock_shared(hashtextextended('kernel.audit' || $1::text, 0))")
        .bind(org)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Keyed by the installation, like the digests of lines.
pub(super) fn proof(app: &App, org: OrgId, past: &Head) -> Vec<u8> {
    let link: String = past.link.iter().map(|byte| format!("{byte:02x}")).collect();
    app.vault().lookup("kernel.audit.past", Some(org.0), &format!("{}:{link}", past.line)).to_vec()
}
