//! Find organisations before one is entered: sign-in, sockets, jobs.

use kernel::{App, OrgId, Result, SystemTx};
use uuid::Uuid;

/// The organisation of this slug or id that is not erased.
pub async fn org_by_slug_or_id(tx: &mut SystemTx, text: &str) -> Result<Option<OrgId>> {
    const FOUND: &str =
        "select id from directory.organisation where (slug = $1 or id = $2::uuid) and state <> 'erased'";
    Ok(sqlx::query_scalar(FOUND).bind(text).bind(Uuid::parse_str(text).ok()).fetch_optional(tx.db()).await?)
}

/// How many organisations are not erased.
pub async fn organisation_count(tx: &mut SystemTx) -> Result<i64> {
    const COUNT: &str = "select count(*) from directory.organisation where state <> 'erased'";
    Ok(sqlx::query_scalar(COUNT).fetch_one(tx.db()).await?)
}

/// Every organisation that is not erased, the oldest first.
pub async fn organisations(tx: &mut SystemTx) -> Result<Vec<OrgId>> {
    Ok(sqlx::query_scalar("select id from directory.organisation where state <> 'erased' order by created_at, id")
        .fetch_all(tx.db())
        .await?)
}

/// The same for a job, which goes through them one transaction each.
pub async fn every_organisation(app: &App) -> Result<Vec<OrgId>> {
    let mut tx = SystemTx::begin(app).await?;
    let all = organisations(&mut tx).await?;
    tx.commit().await.map(|()| all)
}
