//! Take back what people were told about a thing that is no more: its words do not outlive it here.

use kernel::{MemberId, Result, Tx};

use crate::events::NotificationsRead;
use crate::model::Target;

/// Deletes every notification that leads exactly there; without `seq`, everything that leads into the thing.
pub async fn retract(tx: &mut Tx, target: &Target) -> Result<()> {
    delete(tx, target, None).await
}

/// The same of these people only.
pub async fn retract_from(tx: &mut Tx, target: &Target, members: &[MemberId]) -> Result<()> {
    if members.is_empty() { Ok(()) } else { delete(tx, target, Some(members)).await }
}

/// Who has a notification that leads exactly there, or without `seq` into the thing; in the order of their ids.
pub async fn told(tx: &mut Tx, target: &Target) -> Result<Vec<MemberId>> {
    Ok(sqlx::query_scalar(
        "select distinct member_id from inbox.notification
         where ref_kind = $1 and ref_id = $2 and ($3::bigint is null or ref_seq = $3) order by member_id",
    )
    .bind(&target.kind)
    .bind(target.id)
    .bind(target.seq)
    .fetch_all(tx.db())
    .await?)
}

async fn delete(tx: &mut Tx, target: &Target, members: Option<&[MemberId]>) -> Result<()> {
    let members: Vec<MemberId> = sqlx::query_scalar(
        "with gone as (
             delete from inbox.notification
             where ref_kind = $1 and ref_id = $2 and ($3::bigint is null or ref_seq = $3)
                 and ($4::uuid[] is null or member_id = any($4)) returning member_id)
         select distinct member_id from gone order by member_id",
    )
    .bind(&target.kind)
    .bind(target.id)
    .bind(target.seq)
    .bind(members)
    .fetch_all(tx.db())
    .await?;
    if members.is_empty() {
        return Ok(());
    }
    tx.emit(&NotificationsRead { members, ids: Vec::new(), up_to: None })
}
