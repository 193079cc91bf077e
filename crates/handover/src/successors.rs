//! Who has got something of somebody else.

use std::collections::HashSet;

use kernel::{MemberId, Result, Tx};

/// Those of them to whom something was handed over, by people who are still shut out.
pub async fn successors(tx: &mut Tx, of: &[MemberId]) -> Result<HashSet<MemberId>> {
    let org = tx.org();
    let found: Vec<MemberId> = sqlx::query_scalar(
        "select distinct successor_id from handover.decision where org_id = $1 and successor_id = any($2)",
    )
    .bind(org)
    .bind(of)
    .fetch_all(tx.db())
    .await?;
    Ok(found.into_iter().collect())
}
