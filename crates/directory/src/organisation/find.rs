//! Find organisations before one is entered: sign-in, sockets, jobs.

use kernel::{App, OrgId, Result, SystemTx};
use uuid::Uuid;

/// The organisation of this slug or id that is not erased.
pub async fn org_by_slug_or_id(tx: &mut SystemTx, text: &str) -> Result<Option<OrgId>> {
    const FOUND: &str = "select id from directory.organisation where (slug = $1 or id = $2::uuid) and state in ('active', 'dissolving')";
    Ok(sqlx::query_scalar(FOUND).bind(text).bind(Uuid::parse_str(text).ok()).fetch_optional(tx.db()).await?)
}

/// How many organisations are not erased, but for the canaries.
pub async fn organisation_count(tx: &mut SystemTx) -> Result<i64> {
    const COUNT: &str = "select count(*) from directory.organisation where state in ('active', 'dissolving')";
    Ok(sqlx::query_scalar(COUNT).fetch_one(tx.db()).await?)
}

/// Every organisation that is not erased, the oldest first.
pub async fn organisations(tx: &mut SystemTx) -> Result<Vec<OrgId>> {
    const ALL: &str =
        "select id from directory.organisation where state in ('active', 'dissolving') order by created_at, id";
    Ok(sqlx::query_scalar(ALL).fetch_all(tx.db()).await?)
}

/// The same for a job, which goes through them one transaction each, and through that of the canaries.
pub async fn every_organisation(app: &App) -> Result<Vec<OrgId>> {
    const EVERY: &str = "select id from directory.organisation where state <> 'erased' order by created_at, id";
    let mut tx = SystemTx::begin(app).await?;
    let all = sqlx::query_scalar(EVERY).fetch_all(tx.db()).await?;
    tx.commit().await.map(|()| all)
}

/// Nobody finds, lists or counts it any more: for people who do not exist.
pub async fn hide(tx: &mut SystemTx, org: OrgId) -> Result<()> {
    sqlx::query("update directory.organisation set state = 'canary' where id = $1").bind(org).execute(tx.db()).await?;
    Ok(())
}
