//! Take a role that nobody has out of the list.

use access::{Permission, RoleId};
use axum::http::StatusCode;
use editions::Edition;
use kernel::{Cx, Error, Path, Result, Tx};

use super::{edit, written};
use crate::departments::tree;
use crate::events::RoleDeleted;
use crate::policy::Permitted;

/// Delete a role that nobody has
#[utoipa::path(
    delete, path = "/v1/roles/{role}", tag = "directory", operation_id = "deleteRole",
    params(("role" = RoleId, Path), ("If-Match" = String, Header, description = "the revision that is removed")),
    responses((status = 204)),
    extensions(
        ("x-access" = json!("holder of roles.edit")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile", "directory.role_in_use"])),
    ),
)]
pub async fn delete_role(cx: Cx, Path(role): Path<RoleId>, edition: Edition) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    tree::lock(&mut tx).await?;
    let by = Permitted::everywhere(&mut tx, Permission::RolesEdit).await?;
    delete(&mut tx, &by, (role, &edition)).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `Conflict` while somebody has it: each is taken first, so that each is recorded.
pub async fn delete(tx: &mut Tx, by: &Permitted, (role, edition): (RoleId, &Edition)) -> Result<()> {
    let old = written::roles(tx, Some(role)).await?.pop().ok_or(Error::NotFound("role"))?;
    edition.check(old.revision)?;
    edit::check(tx, by, &old, old.permissions).await?;
    if !written::grants(tx, Some(role), None).await?.is_empty() {
        return Err(Error::Conflict("directory.role_in_use"));
    }
    sqlx::query("delete from directory.role where id = $1").bind(role).execute(tx.db()).await?;
    tx.emit(&RoleDeleted { role, before: old.permissions.iter().collect() })
}
