//! Take the request back before anybody decided.

use axum::http::StatusCode;
use directory::{Permission, Permitted};
use kernel::{Cx, Error, Result, Tx};

use crate::events::VerificationWithdrawn;
use crate::model::VerificationState;
use crate::stored::{Request, erase_all};

/// Withdraw the request
///
/// The documents are erased at once.
#[utoipa::path(
    delete, path = "/v1/verification/request", tag = "verification", operation_id = "withdrawVerification",
    responses((status = 204, description = "Withdrawn")),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!(["forbidden", "verification.not_asked"])),
    ),
)]
pub async fn withdraw_verification(cx: Cx) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    withdraw(&mut tx, &by).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets what was asked.
pub async fn withdraw(tx: &mut Tx, _: &Permitted) -> Result<()> {
    if Request::lock(tx).await?.state != VerificationState::Asked {
        return Err(Error::Conflict("verification.not_asked"));
    }
    const NONE: &str = "update verification.request set state = 'none', claim = null, asked_at = null";
    sqlx::query(NONE).execute(tx.db()).await?;
    erase_all(tx).await?;
    tx.emit(&VerificationWithdrawn {})
}
