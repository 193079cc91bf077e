//! Take back what people were told about a thing that is no more: its words do not outlive it here.

use kernel::{MemberId, Result, Tx};

use crate::events::NotificationsRead;
use crate::model::Target;

/// Deletes every notification that leads exactly there; without `seq`, everything that leads into the thing.
pub async fn retract(tx: &mut Tx, target: &Target) -> Result<()> {
    let members: Vec<MemberId> = sqlx::query_scalar(
        "with gone as (
             delete from inbox.notification
             where ref_kind = $1 and ref_id = $2 and ($3::bigint is null or ref_seq = $3) returning member_id)
         select distinct member_id from gone order by member_id",
    )
    .bind(&target.kind)
    .bind(target.id)
    .bind(target.seq)
    .fetch_all(tx.db())
    .await?;
    if members.is_empty() {
        return Ok(());
    }
    tx.emit(&NotificationsRead { members, ids: Vec::new(), up_to: None })
}
