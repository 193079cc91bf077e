//! Show one contact.

use axum::http::HeaderMap;
use directory::edition_tag;
use kernel::{Cx, Json, Path, Result};

use crate::model::{ContactId, OutsideContact};
use crate::policy::{Keeper, VisibleContact};

/// Show a contact
#[utoipa::path(
    get, path = "/v1/contacts/{contact}", tag = "contacts", operation_id = "showContact",
    params(("contact" = ContactId, Path)),
    responses((status = 200, body = OutsideContact)),
    extensions(
        ("x-application" = json!("contacts")),
        ("x-access" = json!("owner of the contact, or whoever it is shared with")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn show_contact(cx: Cx, Path(contact): Path<ContactId>) -> Result<(HeaderMap, Json<OutsideContact>)> {
    let mut tx = cx.begin().await?;
    let keeper = Keeper::load(&mut tx).await?;
    let contact = VisibleContact::load(&mut tx, &keeper, contact).await?;
    let shown = contact.row.opened(&tx, &keeper)?;
    Ok((edition_tag(shown.revision), Json(shown)))
}
