//! Have somebody's data kept and not used otherwise: one's own at once, others' for whoever looks after them (`DSR-04`).

use axum::http::StatusCode;
use directory::RestrictableMember;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};

use crate::events::RestrictionPlaced;
use crate::model::{PlaceRestriction, PlacedBy, Reason, Restriction};
use crate::stored;
use crate::tell;

/// Freeze my data
///
/// At once, and until it is lifted: it stays stored, and is not used otherwise but for what goes on by `showMyRestriction`.
#[utoipa::path(
    post, path = "/v1/me/restriction", tag = "restrictions", operation_id = "restrictMe",
    request_body = PlaceRestriction,
    responses((status = 201, body = Restriction)),
    extensions(
        ("x-access" = json!("active member of the organisation, for themselves")),
        ("x-errors" = json!(["forbidden", "restrictions.is_restricted"])),
    ),
)]
pub async fn restrict_me(cx: Cx, Json(input): Json<PlaceRestriction>) -> Result<(StatusCode, Json<Restriction>)> {
    let mut tx = cx.begin().await?;
    let member = RestrictableMember::oneself(&mut tx).await?;
    let placed = place(&mut tx, &member, input.reason, PlacedBy::Oneself).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(placed)))
}

/// Freeze a person's data
///
/// At their word, which the program does not check: the reason and whoever says so stand in the audit log, and the person is told.
#[utoipa::path(
    post, path = "/v1/members/{member}/restriction", tag = "restrictions", operation_id = "restrictMember",
    params(("member" = MemberId, Path)),
    request_body = PlaceRestriction,
    responses((status = 201, body = Restriction)),
    extensions(
        ("x-access" = json!("holder of people.edit, of whoever holds no more; not of oneself")),
        ("x-errors" = json!(["forbidden", "directory.not_active", "restrictions.is_restricted"])),
    ),
)]
pub async fn restrict_member(
    cx: Cx,
    Path(member): Path<MemberId>,
    Json(input): Json<PlaceRestriction>,
) -> Result<(StatusCode, Json<Restriction>)> {
    let mut tx = cx.begin().await?;
    let member = RestrictableMember::load(&mut tx, member).await?;
    let placed = place(&mut tx, &member, input.reason, PlacedBy::Administrator).await?;
    tell::person(&mut tx, placed.member_id, "restriction_placed").await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(placed)))
}

/// From now on. `Conflict` when it holds already.
pub async fn place(
    tx: &mut Tx,
    member: &RestrictableMember,
    reason: Reason,
    placed_by: PlacedBy,
) -> Result<Restriction> {
    let (id, who, now) = (tx.new_id(), member.person().id, tx.now());
    let written = sqlx::query(
        "insert into restrictions.restriction (id, member_id, reason, placed_by, since, told)
         values ($1, $2, $3, $4, $5, 'nobody')
         on conflict (org_id, member_id) where ended_at is null do nothing",
    )
    .bind(id)
    .bind(who)
    .bind(reason)
    .bind(placed_by)
    .bind(now)
    .execute(tx.db())
    .await?;
    if written.rows_affected() == 0 {
        return Err(Error::Conflict("restrictions.is_restricted"));
    }
    directory::set_restricted(tx, who, Some(now)).await?;
    tx.emit(&RestrictionPlaced { member: who, reason, placed_by })?;
    stored::of(tx, who).await?.ok_or(Error::NotFound("restriction"))
}
