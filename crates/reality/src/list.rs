//! See what stands otherwise than the data map says (C12).

use directory::{Permission, Permitted};
use kernel::{Cx, Json, Result};

use crate::drift::{Standing, standing};

/// List where the database differs from the data map
///
/// By the last look: of the installation, and of the caller's organisation. What stands there is told to nobody.
#[utoipa::path(
    get, path = "/v1/data-map/drifts", tag = "reality", operation_id = "listDrifts",
    responses((status = 200, body = Standing)),
    extensions(("x-access" = json!("holder of audit.read")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_drifts(cx: Cx) -> Result<Json<Standing>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::AuditRead).await?;
    let (org, now) = (tx.org(), tx.now());
    let found = standing(tx.db(), (Some(org), now)).await?;
    tx.commit().await?;
    Ok(Json(found))
}
