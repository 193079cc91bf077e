//! What is kept for exports of people and for nothing else: which people somebody asked for, for a day (`ORG-12`).

use applications::{Kept, KeptThings, MOST_COUNTED};
use kernel::{BoxFuture, Job, Result, Tx};

use crate::APPLICATIONS;

pub const KEPT: Kept = Kept { job: "people_exports.erase_kept", count, erase };

pub fn job() -> Job {
    applications::job(KEPT.job, |cx| Box::pin(applications::erase(cx, APPLICATIONS)))
}

fn count(tx: &mut Tx) -> BoxFuture<'_, Result<Vec<KeptThings>>> {
    Box::pin(async move {
        let count: i64 =
            sqlx::query_scalar("select count(*) from (select id from people_exports.people_export limit $1) few")
                .bind(MOST_COUNTED)
                .fetch_one(tx.db())
                .await?;
        Ok(vec![KeptThings { kind: "people_exports", count }])
    })
}

/// One that waits for a second is not made ready when they approve: it is not there any more.
fn erase(tx: &mut Tx) -> BoxFuture<'_, Result<u64>> {
    Box::pin(async move {
        let gone = sqlx::query(
            "delete from people_exports.people_export
             where id in (select id from people_exports.people_export order by id limit 500)",
        )
        .execute(tx.db())
        .await?;
        Ok(gone.rows_affected())
    })
}
