//! Sign out of the console.

use axum::http::{HeaderMap, StatusCode, header};
use kernel::{Result, SystemTx};

use crate::signed_in::{COOKIE, SignedIn};

/// Sign out of the console
#[utoipa::path(
    delete, path = "/v1/operator/session", tag = "operators", operation_id = "signOutOperator",
    responses((status = 204, description = "Signed out")),
    extensions(("x-access" = json!("operator, of oneself"))),
)]
pub async fn sign_out_operator(operator: SignedIn) -> Result<(StatusCode, HeaderMap)> {
    const END: &str = "delete from operators.session where token_hash = $1";
    let mut tx = SystemTx::begin(&operator.app).await?;
    sqlx::query(END).bind(operator.token_hash.as_slice()).execute(tx.db()).await?;
    tx.commit().await?;
    let mut headers = HeaderMap::new();
    headers.append(header::SET_COOKIE, identity::set_cookie(&operator.app, COOKIE, "", Some(0))?);
    Ok((StatusCode::NO_CONTENT, headers))
}
