//! Rename a role that the organisation wrote, or change what it holds.

use access::{Holder, Holdings, Permission, PermissionSet, RoleId};
use axum::http::HeaderMap;
use editions::Edition;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::create::names;
use super::list::{self, AccessRole};
use super::written::{self, Written};
use super::{holding, holding::scopes};
use crate::departments::tree;
use crate::events::RoleWritten;
use crate::policy::Permitted;

/// What is to be different; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditRole {
    /// What it is called.
    pub name: Option<String>,
    /// All it holds.
    pub permissions: Option<Vec<Permission>>,
}

/// Change a role
///
/// Whoever has it holds at once what it holds then.
#[utoipa::path(
    patch, path = "/v1/roles/{role}", tag = "directory", operation_id = "editRole",
    params(
        ("role" = RoleId, Path),
        ("If-Match" = String, Header, description = "the revision that is changed")
    ),
    request_body = EditRole,
    responses((status = 200, body = AccessRole)),
    extensions(
        ("x-access" = json!("holder of roles.edit")),
        ("x-errors" = json!(["forbidden", "directory.role_held_in_departments", "directory.role_name_taken", "directory.changed_meanwhile"])),
    ),
)]
pub async fn edit_role(
    cx: Cx,
    Path(role): Path<RoleId>,
    edition: Edition,
    Json(input): Json<EditRole>,
) -> Result<(HeaderMap, Json<AccessRole>)> {
    let mut tx = cx.begin().await?;
    tree::lock(&mut tx).await?;
    let by = Permitted::everywhere(&mut tx, Permission::RolesEdit).await?;
    edit(&mut tx, &by, (role, &edition), input).await?;
    let shown = list::load(&mut tx, by.acting(), Some(role)).await?.pop().ok_or(Error::NotFound("role"))?;
    tx.commit().await?;
    Ok((editions::tag(shown.revision), Json(shown)))
}

/// Changes the role; silent when nothing is different.
pub async fn edit(tx: &mut Tx, by: &Permitted, (role, edition): (RoleId, &Edition), input: EditRole) -> Result<()> {
    let old = written::roles(tx, Some(role)).await?.pop().ok_or(Error::NotFound("role"))?;
    edition.check(old.revision)?;
    let permissions = input.permissions.map_or(old.permissions, |all| all.into_iter().collect());
    check(tx, by, &old, permissions).await?;
    let name = match input.name.filter(|name| *name != old.name) {
        Some(name) => written::checked_name(tx, Some(role), &name).await?,
        None => old.name.clone(),
    };
    if name == old.name && permissions == old.permissions {
        return Ok(());
    }
    let is_local: bool = sqlx::query_scalar(
        "select exists (select from directory.role_grant where role_id = $1 and department_id is not null)",
    )
    .bind(role)
    .fetch_one(tx.db())
    .await?;
    if is_local && !permissions.fits_departments() {
        return Err(Error::Conflict("directory.role_held_in_departments"));
    }
    let sealed = written::seal_name(tx, role, &name)?;
    sqlx::query("update directory.role set name = $2, permissions = $3, revision = revision + 1 where id = $1")
        .bind(role)
        .bind(sealed)
        .bind(names(permissions))
        .execute(tx.db())
        .await?;
    tx.emit(&RoleWritten { role, before: old.permissions.iter().collect(), after: permissions.iter().collect() })
}

/// By the rule: with what it held and will hold, and everybody who has it.
pub(super) async fn check(tx: &mut Tx, by: &Permitted, role: &Written, after: PermissionSet) -> Result<()> {
    let ids: Vec<MemberId> = written::grants(tx, Some(role.id), None).await?.iter().map(|g| g.member_id).collect();
    let held = holding::holdings(tx, &ids).await?;
    let lineage = holding::lineage(tx, held.values().flat_map(scopes).collect::<Vec<_>>()).await?;
    let nothing = Holdings::default();
    let holder = |id: &MemberId| Holder { id: *id, holdings: held.get(id).unwrap_or(&nothing), places: &[] };
    let holders: Vec<Holder> = ids.iter().map(holder).collect();
    access::may_write(&by.acting().holder(), role.permissions.and(after), &holders, &lineage)
        .map_err(|_| Error::Forbidden)
}
