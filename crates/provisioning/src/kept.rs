//! What is kept for provisioning and for nothing else: external ids, and when something was last different. Tokens are
//! somebody's, and end by themselves (`ORG-12`).

use applications::{Kept, KeptThings, MOST_COUNTED};
use kernel::{BoxFuture, Job, Result, Tx};

use crate::APPLICATIONS;

pub const KEPT: Kept = Kept { job: "provisioning.erase_kept", count, erase };

pub fn job() -> Job {
    applications::job(KEPT.job, |cx| Box::pin(applications::erase(cx, APPLICATIONS)))
}

fn count(tx: &mut Tx) -> BoxFuture<'_, Result<Vec<KeptThings>>> {
    Box::pin(async move {
        let links: i64 =
            sqlx::query_scalar("select count(*) from (select object_id from provisioning.link limit $1) few")
                .bind(MOST_COUNTED)
                .fetch_one(tx.db())
                .await?;
        let changes: i64 =
            sqlx::query_scalar("select count(*) from (select object_id from provisioning.change limit $1) few")
                .bind(MOST_COUNTED)
                .fetch_one(tx.db())
                .await?;
        Ok(vec![
            KeptThings { kind: "external_ids", count: links },
            KeptThings { kind: "directory_changes", count: changes },
        ])
    })
}

/// The place of the newest change stays: a program that kept its cursor reads everything again, after it.
fn erase(tx: &mut Tx) -> BoxFuture<'_, Result<u64>> {
    Box::pin(async move {
        sqlx::query("update provisioning.clock set is_filled = false where is_filled").execute(tx.db()).await?;
        let links = sqlx::query(
            "delete from provisioning.link where (kind, object_id) in (
                 select kind, object_id from provisioning.link order by kind, object_id limit 500)",
        )
        .execute(tx.db())
        .await?;
        let changes = sqlx::query(
            "delete from provisioning.change where (kind, object_id) in (
                 select kind, object_id from provisioning.change order by kind, object_id limit 500)",
        )
        .execute(tx.db())
        .await?;
        Ok(links.rows_affected() + changes.rows_affected())
    })
}
