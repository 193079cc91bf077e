//! End a service token.

use axum::http::StatusCode;
use directory::{Permission, Permitted};
use kernel::{Cx, Error, Path, Result, Tx};
use tokens::TokenId;

use crate::events::TokenRevoked;

/// End a service token, at once
#[utoipa::path(
    delete, path = "/v1/service-tokens/{token}", tag = "provisioning", operation_id = "revokeServiceToken",
    params(("token" = TokenId, Path)),
    responses((status = 204, description = "It opens nothing any more")),
    extensions(("x-access" = json!("holder of tokens.manage")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn revoke_service_token(cx: Cx, Path(token): Path<TokenId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::TokensManage).await?;
    revoke(&mut tx, &by, token).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends it, whoever made it: less rights are nobody's gain.
pub async fn revoke(tx: &mut Tx, _by: &Permitted, token: TokenId) -> Result<()> {
    if !tokens::revoke(tx, token).await? {
        return Err(Error::NotFound("token"));
    }
    tx.emit(&TokenRevoked { token })
}
