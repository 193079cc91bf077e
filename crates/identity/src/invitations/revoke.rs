//! Take a link back.

use axum::http::StatusCode;
use directory::Administrator;
use kernel::{Cx, Error, Path, Result, Tx};

use crate::events::InvitationRevoked;
use crate::model::InvitationId;

/// Take a link back
#[utoipa::path(
    delete, path = "/v1/invitations/{invitation}", tag = "identity", operation_id = "revokeInvitation",
    params(("invitation" = InvitationId, Path)),
    responses((status = 204, description = "Nobody comes in by it any more")),
    extensions(("x-access" = json!("administrator")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn revoke_invitation(cx: Cx, Path(invitation): Path<InvitationId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let administrator = Administrator::load(&mut tx).await?;
    revoke(&mut tx, &administrator, invitation).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Any administrator may take any link back; doing it twice changes nothing.
pub async fn revoke(tx: &mut Tx, _by: &Administrator, invitation: InvitationId) -> Result<()> {
    let (org, now) = (tx.org(), tx.now());
    let found = sqlx::query(
        "update identity.invitation set revoked_at = coalesce(revoked_at, $3) where org_id = $1 and id = $2",
    )
    .bind(org)
    .bind(invitation)
    .bind(now)
    .execute(tx.db())
    .await?;
    if found.rows_affected() == 0 {
        return Err(Error::NotFound("invitation"));
    }
    tx.emit(&InvitationRevoked { invitation })
}
