//! Revoke a password: the device that has it is let in no more.

use axum::http::StatusCode;
use kernel::{Cx, Error, Path, Result};

use crate::events::AppPasswordRevoked;
use crate::model::AppPasswordId;
use crate::policy::Keeper;

/// Revoke a password
#[utoipa::path(
    delete, path = "/v1/app-passwords/{password}", tag = "contacts", operation_id = "revokeAppPassword",
    params(("password" = AppPasswordId, Path)),
    responses((status = 204, description = "It opens nothing any more")),
    extensions(("x-access" = json!("member of the organisation, of their own")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn revoke_app_password(cx: Cx, Path(password): Path<AppPasswordId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let member = Keeper::load(&mut tx).await?.id();
    let org = tx.org();
    let done = sqlx::query("delete from contacts.app_password where org_id = $1 and id = $2 and member_id = $3")
        .bind(org)
        .bind(password)
        .bind(member)
        .execute(tx.db())
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("password"));
    }
    tx.emit(&AppPasswordRevoked { member, password })?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
