//! Remove a field of the organisation's own, with everything that stands in it.

use access::Permission;
use axum::http::StatusCode;
use kernel::{Cx, Error, Path, Result, Tx};

use super::{BuiltIn, FieldId, erase};
use crate::events::{FieldDeleted, FieldsChanged};
use crate::people::index;
use crate::policy::Permitted;
use editions::Edition;

/// Remove a field
///
/// What stands in it is erased. A built-in field is switched off instead.
#[utoipa::path(
    delete, path = "/v1/fields/{field}", tag = "directory", operation_id = "deleteField",
    params(("field" = FieldId, Path), ("If-Match" = String, Header, description = "the revision that is removed")),
    responses((status = 204)),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile", "directory.field_is_built_in"])),
    ),
)]
pub async fn delete_field(cx: Cx, Path(field): Path<FieldId>, edition: Edition) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    delete(&mut tx, &by, field, &edition).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `Conflict` for a built-in field.
pub async fn delete(tx: &mut Tx, _by: &Permitted, field: FieldId, edition: &Edition) -> Result<()> {
    if BuiltIn::of(field).is_some() {
        return Err(Error::Conflict("directory.field_is_built_in"));
    }
    drop(index::load(tx).await?);
    let revision: i64 = sqlx::query_scalar("select revision from directory.field where id = $1 for update")
        .bind(field)
        .fetch_optional(tx.db())
        .await?
        .ok_or(Error::NotFound("field"))?;
    edition.check(revision)?;
    let erased = erase::values(tx, field).await?;
    sqlx::query("delete from directory.field where id = $1").bind(field).execute(tx.db()).await?;
    tx.emit(&FieldDeleted { field, erased })?;
    tx.emit(&FieldsChanged {})
}
