//! Take a link back.

use axum::http::StatusCode;
use directory::{DepartmentId, Permission, Permitted};
use kernel::{Cx, Error, MemberId, Path, Result, Tx};

use super::onlookers;
use crate::events::InvitationRevoked;
use crate::model::InvitationId;

/// Take a link back
#[utoipa::path(
    delete, path = "/v1/invitations/{invitation}", tag = "identity", operation_id = "revokeInvitation",
    params(("invitation" = InvitationId, Path)),
    responses((status = 204, description = "Nobody comes in by it any more")),
    extensions(("x-access" = json!("holder of people.invite, where people begin")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn revoke_invitation(cx: Cx, Path(invitation): Path<InvitationId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let by = Permitted::load(&mut tx, Permission::PeopleInvite).await?;
    revoke(&mut tx, &by, invitation).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whoever may make such a link takes it back; doing it twice changes nothing.
pub async fn revoke(tx: &mut Tx, by: &Permitted, invitation: InvitationId) -> Result<()> {
    let (org, now) = (tx.org(), tx.now());
    let found: Option<(Option<DepartmentId>, MemberId)> = sqlx::query_as(
        "update identity.invitation set revoked_at = coalesce(revoked_at, $3) where org_id = $1 and id = $2
         returning department_id, created_by",
    )
    .bind(org)
    .bind(invitation)
    .bind(now)
    .fetch_optional(tx.db())
    .await?;
    let (department, maker) = found.ok_or(Error::NotFound("invitation"))?;
    by.check_places(tx, &department.into_iter().collect::<Vec<_>>()).await?;
    let administrators = onlookers(tx, Some(maker)).await?;
    tx.emit(&InvitationRevoked { invitation, administrators })
}
