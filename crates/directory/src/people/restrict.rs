//! What is kept of somebody is kept and not used otherwise, or used again (PIPL 44, GDPR 18).

use chrono::{DateTime, Utc};
use kernel::{MemberId, Result, Tx};

use super::edit::announce;
use super::{index, person};
use crate::fields::erase;

/// Since when; not at all when absent. Whoever calls this has the proof, or is the program itself: the crate `restrictions` alone.
/// What was to be erased meanwhile goes when it is used again.
pub async fn set_restricted(tx: &mut Tx, member: MemberId, since: Option<DateTime<Utc>>) -> Result<()> {
    drop(index::load(tx).await?);
    person::lock(tx, member).await?;
    let before = person::load(tx, member).await?;
    sqlx::query("update directory.member set restricted_at = $2, revision = revision + 1 where id = $1")
        .bind(member)
        .bind(since)
        .execute(tx.db())
        .await?;
    if let (Some(at), None) = (before.restricted_at, since) {
        erase::missed(tx, before, at).await?;
    }
    announce(tx, member, vec!["restriction".to_owned()], None).await
}
