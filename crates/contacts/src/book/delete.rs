//! Delete a contact.

use axum::http::StatusCode;
use directory::Edition;
use kernel::{Cx, Path, Result, Tx};

use super::row::audience;
use crate::events::{ContactChanged, Happened};
use crate::model::ContactId;
use crate::policy::{EditableContact, Keeper};

/// Delete a contact
#[utoipa::path(
    delete, path = "/v1/contacts/{contact}", tag = "contacts", operation_id = "deleteContact",
    params(
        ("contact" = ContactId, Path),
        ("If-Match" = String, Header, description = "the revision that is deleted")
    ),
    responses((status = 204, description = "It is gone")),
    extensions(
        ("x-application" = json!("contacts")),
        ("x-access" = json!("owner of the contact; of a shared one also holder of people.edit for the whole organisation")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn delete_contact(cx: Cx, Path(contact): Path<ContactId>, edition: Edition) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let keeper = Keeper::load(&mut tx).await?;
    let contact = EditableContact::load(&mut tx, &keeper, contact).await?;
    delete(&mut tx, contact, &edition).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the contact away from everybody.
pub async fn delete(tx: &mut Tx, contact: EditableContact, edition: &Edition) -> Result<()> {
    let EditableContact(row) = contact;
    edition.check(row.revision)?;
    let org = tx.org();
    sqlx::query("delete from contacts.contact where org_id = $1 and id = $2")
        .bind(org)
        .bind(row.id)
        .execute(tx.db())
        .await?;
    let is_shared = row.is_shared();
    let told = audience(tx, row.owner_id, &row.shared_with()).await?;
    tx.emit(&ContactChanged { contact: row.id, member: row.owner_id, happened: Happened::Deleted, is_shared, told })
}
