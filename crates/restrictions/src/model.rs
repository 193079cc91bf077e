//! The noun: a restriction, with why and since when.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kernel::id!(
    /// One restriction; ids rise with time.
    RestrictionId
);

/// After so long those who look after it are reminded that it lasts.
pub const REVIEW: TimeDelta = TimeDelta::days(30);
/// The person is told so long before an administrator's word that it ends takes effect (GDPR 18 (3)).
pub const NOTICE: TimeDelta = TimeDelta::days(3);

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = RestrictionReason)]
pub enum Reason {
    /// The person says that something is wrong, and it is being found out (GDPR 18 (1) (a)).
    Accuracy,
    /// It should not be used at all, and the person does not want it erased (b).
    Unlawful,
    /// The person needs it for a claim of theirs (c).
    Claims,
    /// The person objects, and it is being decided (d).
    Objection,
    /// The person wants it so (PIPL 44).
    OwnWish,
}

/// Who said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = RestrictionPlacedBy)]
pub enum PlacedBy {
    /// The person.
    Oneself,
    /// Somebody who looks after people.
    Administrator,
}

/// Who ended it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum EndedBy {
    /// The person.
    Oneself,
    /// Somebody who looks after people; the person was told before.
    Administrator,
    /// The person left of their own accord, which asks for erasure.
    Leaving,
}

/// A restriction that holds.
#[derive(Debug, Serialize, ToSchema, sqlx::FromRow)]
pub struct Restriction {
    /// Which; ids rise with time.
    pub id: RestrictionId,
    /// Whose data.
    pub member_id: MemberId,
    /// Why.
    pub reason: Reason,
    /// Who said so.
    pub placed_by: PlacedBy,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it is to be looked at again: it ends by no time of its own.
    #[sqlx(skip)]
    pub review_at: DateTime<Utc>,
    /// When it ends, where an administrator said that it does; the person may write to the desk until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifts_at: Option<DateTime<Utc>>,
}

/// What is said when one is placed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceRestriction {
    /// Why.
    pub reason: Reason,
}
