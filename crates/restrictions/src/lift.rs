//! Have somebody's data used again: the person at once; an administrator with notice, so that the person hears of it before
//! (GDPR 18 (3)).

use axum::http::StatusCode;
use directory::RestrictableMember;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};

use crate::events::{RestrictionLiftAnnounced, RestrictionLifted};
use crate::model::{EndedBy, NOTICE, Restriction};
use crate::stored;
use crate::tell;

/// Have my data used again
///
/// Whoever said that it is not to be. Without a restriction there is nothing to do.
#[utoipa::path(
    delete, path = "/v1/me/restriction", tag = "restrictions", operation_id = "liftMyRestriction",
    responses((status = 204, description = "There is none any more")),
    extensions(
        ("x-access" = json!("active member of the organisation, for themselves")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn lift_my_restriction(cx: Cx) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let member = RestrictableMember::oneself(&mut tx).await?;
    end(&mut tx, member.person().id, EndedBy::Oneself).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say that a person's data is used again
///
/// Three days later, at once told to the person. Saying it again changes nothing.
#[utoipa::path(
    post, path = "/v1/members/{member}/restriction/lift", tag = "restrictions", operation_id = "liftMemberRestriction",
    params(("member" = MemberId, Path)),
    responses((status = 200, body = Restriction)),
    extensions(
        ("x-access" = json!("holder of people.edit, of whoever holds no more; not of oneself")),
        ("x-errors" = json!(["forbidden", "directory.not_active"])),
    ),
)]
pub async fn lift_member_restriction(cx: Cx, Path(member): Path<MemberId>) -> Result<Json<Restriction>> {
    let mut tx = cx.begin().await?;
    let member = RestrictableMember::load(&mut tx, member).await?;
    let shown = announce(&mut tx, &member).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// The person is told now; the job of `time` ends it. `NotFound` when there is none.
pub async fn announce(tx: &mut Tx, member: &RestrictableMember) -> Result<Restriction> {
    let who = member.person().id;
    let held = stored::of(tx, who).await?.ok_or(Error::NotFound("restriction"))?;
    if held.lifts_at.is_some() {
        return Ok(held);
    }
    let lifts_at = tx.now() + NOTICE;
    sqlx::query("update restrictions.restriction set lifts_at = $2 where id = $1")
        .bind(held.id)
        .bind(lifts_at)
        .execute(tx.db())
        .await?;
    tell::person(tx, who, "restriction_lifting").await?;
    tx.emit(&RestrictionLiftAnnounced { member: who, lifts_at })?;
    Ok(Restriction { lifts_at: Some(lifts_at), ..held })
}

/// It is over, and what was told of it is taken back; silent when there is none, and when an administrator's word has not come to its
/// time. Whoever calls this has the proof, or is the program.
pub async fn end(tx: &mut Tx, member: MemberId, ended_by: EndedBy) -> Result<()> {
    // The person before what is theirs, as whoever has the proof: nobody lifts it and freezes anew meanwhile.
    directory::hold_member(tx, member).await?;
    let Some(held) = stored::of(tx, member).await? else { return Ok(()) };
    let now = tx.now();
    if ended_by == EndedBy::Administrator && held.lifts_at.is_none_or(|at| at > now) {
        return Ok(());
    }
    sqlx::query("update restrictions.restriction set ended_at = $2, ended_by = $3 where id = $1")
        .bind(held.id)
        .bind(now)
        .bind(ended_by)
        .execute(tx.db())
        .await?;
    directory::set_restricted(tx, member, None).await?;
    tell::take_back(tx, member).await?;
    if ended_by == EndedBy::Administrator {
        tell::person(tx, member, "restriction_lifted").await?;
    }
    tx.emit(&RestrictionLifted { member, ended_by })
}
