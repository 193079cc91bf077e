//! What is kept for peers and for nothing else: connections with whom each side shows, and who may speak with them. Counted,
//! and erased when the organisation says so while it is off (`ORG-12`).

use applications::{Kept, KeptThings, MOST_COUNTED};
use kernel::{BoxFuture, Job, OrgId, Result, Tx};

use crate::{APPLICATIONS, across};

pub const KEPT: Kept = Kept { job: "peers.erase_kept", count, erase };

pub fn job() -> Job {
    applications::job(KEPT.job, |cx| Box::pin(applications::erase(cx, APPLICATIONS)))
}

fn count(tx: &mut Tx) -> BoxFuture<'_, Result<Vec<KeptThings>>> {
    Box::pin(async move {
        let (connections, speakers): (i64, i64) = sqlx::query_as(
            "select (select count(*) from (select peer_id from peers.connection limit $1) few),
                    (select count(*) from (select principal_id from peers.speaker limit $1) few)",
        )
        .bind(MOST_COUNTED)
        .fetch_one(tx.db())
        .await?;
        let things = [("peer_connections", connections), ("peer_speakers", speakers)];
        Ok(things.map(|(kind, count)| KeptThings { kind, count }).to_vec())
    })
}

/// This side only: the other one has been giving and getting nothing since this one switched it off, and whichever asks next
/// begins anew. What the bells still say of it goes too.
fn erase(tx: &mut Tx) -> BoxFuture<'_, Result<u64>> {
    Box::pin(async move {
        let ended: Vec<OrgId> = sqlx::query_scalar(
            "delete from peers.connection
             where peer_id in (select peer_id from peers.connection order by peer_id limit 20) returning peer_id",
        )
        .fetch_all(tx.db())
        .await?;
        for peer in &ended {
            inbox::retract(tx, &across::target(*peer)).await?;
        }
        let speakers = sqlx::query("delete from peers.speaker").execute(tx.db()).await?.rows_affected();
        Ok(speakers + ended.len() as u64)
    })
}
