//! End all links that were made of one's code, by a new one.

use kernel::{Cx, Json, Result};
use uuid::Uuid;

use super::{ContactCode, current};
use crate::events::CodeRenewed;
use crate::policy::Keeper;

/// Renew my contact code
///
/// Every code that was shown before leads nowhere.
#[utoipa::path(
    post, path = "/v1/contact-code/renew", tag = "contacts", operation_id = "renewContactCode",
    responses((status = 200, body = ContactCode)),
    extensions(("x-application" = json!("contact_codes")), ("x-access" = json!("member of the organisation, for themselves")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn renew_contact_code(cx: Cx) -> Result<Json<ContactCode>> {
    let mut tx = cx.begin().await?;
    let member = Keeper::load(&mut tx).await?.id();
    let (org, new, now) = (tx.org(), Uuid::from_bytes(cx.app().random::<16>()), tx.now());
    sqlx::query("update contacts.code set id = $3, made_at = $4 where org_id = $1 and member_id = $2")
        .bind(org)
        .bind(member)
        .bind(new)
        .bind(now)
        .execute(tx.db())
        .await?;
    let code = current(&mut tx, member).await?;
    tx.emit(&CodeRenewed { member })?;
    tx.commit().await?;
    Ok(Json(code))
}
