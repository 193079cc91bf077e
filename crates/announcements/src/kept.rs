//! What is kept for announcements and for nothing else: what was announced, and who has read it. Counted, and erased when the
//! organisation says so while it is off (`ORG-12`).

use applications::{Kept, KeptThings, MOST_COUNTED};
use kernel::{BoxFuture, Job, Result, Tx};

use crate::model::AnnouncementId;
use crate::{APPLICATIONS, forget, tell};

pub const KEPT: Kept = Kept { job: "announcements.erase_kept", count, erase };

pub fn job() -> Job {
    applications::job(KEPT.job, |cx| Box::pin(applications::erase(cx, APPLICATIONS)))
}

fn count(tx: &mut Tx) -> BoxFuture<'_, Result<Vec<KeptThings>>> {
    Box::pin(async move {
        let count: i64 =
            sqlx::query_scalar("select count(*) from (select id from announcements.announcement limit $1) few")
                .bind(MOST_COUNTED)
                .fetch_one(tx.db())
                .await?;
        Ok(vec![KeptThings { kind: "announcements", count }])
    })
}

/// With what the bells still say of them.
fn erase(tx: &mut Tx) -> BoxFuture<'_, Result<u64>> {
    Box::pin(async move {
        let some: Vec<AnnouncementId> =
            sqlx::query_scalar("select id from announcements.announcement order by id limit 20 for update")
                .fetch_all(tx.db())
                .await?;
        for id in &some {
            tell::take_back(tx, *id).await?;
        }
        forget::destroy(tx, &some).await?;
        Ok(some.len() as u64)
    })
}
