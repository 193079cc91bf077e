//! Restrictions that hold, as the database has them.

use kernel::{MemberId, Result, Tx};

use crate::model::{REVIEW, Restriction};

/// The one of this member, if there is one; nobody ends it until the transaction ends.
pub async fn of(tx: &mut Tx, member: MemberId) -> Result<Option<Restriction>> {
    let found: Option<Restriction> = sqlx::query_as(
        "select id, member_id, reason, placed_by, since, lifts_at from restrictions.restriction
         where member_id = $1 and ended_at is null for update",
    )
    .bind(member)
    .fetch_optional(tx.db())
    .await?;
    Ok(found.map(with_review))
}

/// All of them, the longest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Restriction>> {
    let found: Vec<Restriction> = sqlx::query_as(
        "select id, member_id, reason, placed_by, since, lifts_at from restrictions.restriction
         where ended_at is null order by since, id",
    )
    .fetch_all(tx.db())
    .await?;
    Ok(found.into_iter().map(with_review).collect())
}

fn with_review(restriction: Restriction) -> Restriction {
    Restriction { review_at: restriction.since + REVIEW, ..restriction }
}
