//! Restrictions that hold, as the database has them.

use kernel::{Limit, MemberId, Page, Result, Tx};

use crate::model::{REVIEW, Restriction, RestrictionId};

/// The one of this member, if there is one. Whoever is to change it holds the member.
pub async fn of(tx: &mut Tx, member: MemberId) -> Result<Option<Restriction>> {
    let found: Option<Restriction> = sqlx::query_as(
        "select id, member_id, reason, placed_by, since, lifts_at from restrictions.restriction
         where member_id = $1 and ended_at is null",
    )
    .bind(member)
    .fetch_optional(tx.db())
    .await?;
    Ok(found.map(with_review))
}

/// A page of all of them, the longest first.
pub async fn page(tx: &mut Tx, after: Option<RestrictionId>, limit: Limit) -> Result<Page<Restriction>> {
    let found: Vec<Restriction> = sqlx::query_as(
        "select id, member_id, reason, placed_by, since, lifts_at from restrictions.restriction
         where ended_at is null and ($1::uuid is null or id > $1) order by id limit $2",
    )
    .bind(after)
    .bind(i64::try_from(limit.get() + 1).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    Ok(Page::of(found.into_iter().map(with_review).collect(), limit.get(), |one| one.id.to_string()))
}

fn with_review(restriction: Restriction) -> Restriction {
    Restriction { review_at: restriction.since + REVIEW, ..restriction }
}
