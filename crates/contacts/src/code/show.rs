//! Show one's own code.

use kernel::{Cx, Json, Result};

use super::{ContactCode, current};
use crate::policy::Keeper;

/// Show my contact code
#[utoipa::path(
    get, path = "/v1/contact-code", tag = "contacts", operation_id = "showContactCode",
    responses((status = 200, body = ContactCode)),
    extensions(("x-application" = json!("contact_codes")), ("x-access" = json!("member of the organisation, of themselves")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn show_contact_code(cx: Cx) -> Result<Json<ContactCode>> {
    let mut tx = cx.begin().await?;
    let member = Keeper::load(&mut tx).await?.id();
    let code = current(&mut tx, member).await?;
    // Nothing is announced: making the first code is part of looking at it.
    tx.commit().await?;
    Ok(Json(code))
}
