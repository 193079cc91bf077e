//! What is kept for sending files and for nothing else: what was uploaded and not sent. Files that were sent belong to
//! their messages (`ORG-12`).

use applications::{Kept, KeptThings, MOST_COUNTED};
use kernel::{BoxFuture, Result, Tx};

use crate::remove;

pub const KEPT: Kept = Kept { job: "files.erase_kept", count, erase };

fn count(tx: &mut Tx) -> BoxFuture<'_, Result<Vec<KeptThings>>> {
    Box::pin(async move {
        let count: i64 = sqlx::query_scalar(
            "select count(*) from (
                 select id from files.file where scope_id is null
                 union select id from files.upload where completed_at is null limit $1) few",
        )
        .bind(MOST_COUNTED)
        .fetch_one(tx.db())
        .await?;
        Ok(vec![KeptThings { kind: "unsent_files", count }])
    })
}

fn erase(tx: &mut Tx) -> BoxFuture<'_, Result<u64>> {
    Box::pin(remove::some_unsent(tx))
}
