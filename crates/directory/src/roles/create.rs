//! Write a role of one's own making.

use access::{Permission, PermissionSet, RoleId};
use axum::http::StatusCode;
use kernel::{Cx, Error, Json, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::list::{self, AccessRole};
use super::written;
use crate::departments::tree;
use crate::events::RoleWritten;
use crate::policy::Permitted;

const MOST: i64 = 200;

/// A new role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRole {
    /// What it is called.
    pub name: String,
    /// What it holds: no more than oneself for the whole organisation.
    pub permissions: Vec<Permission>,
}

/// Write a role
#[utoipa::path(
    post, path = "/v1/roles", tag = "directory", operation_id = "createRole", request_body = CreateRole,
    responses((status = 201, body = AccessRole)),
    extensions(
        ("x-access" = json!("holder of roles.edit")),
        ("x-errors" = json!(["forbidden", "directory.too_many_roles", "directory.role_name_taken"])),
    ),
)]
pub async fn create_role(cx: Cx, Json(input): Json<CreateRole>) -> Result<(StatusCode, Json<AccessRole>)> {
    let mut tx = cx.begin().await?;
    tree::lock(&mut tx).await?;
    let by = Permitted::everywhere(&mut tx, Permission::RolesEdit).await?;
    let role = create(&mut tx, &by, input).await?;
    let shown = list::load(&mut tx, by.acting(), Some(role)).await?.pop();
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(shown.ok_or(Error::NotFound("role"))?)))
}

/// Writes the role.
pub async fn create(tx: &mut Tx, by: &Permitted, input: CreateRole) -> Result<RoleId> {
    let permissions: PermissionSet = input.permissions.into_iter().collect();
    access::may_write(&by.acting().holder(), permissions, &[], &access::Lineage::default())
        .map_err(|_| Error::Forbidden)?;
    let name = written::checked_name(tx, None, &input.name).await?;
    let (id, now) = (RoleId(tx.new_id()), tx.now());
    let count: i64 = sqlx::query_scalar("select count(*) from directory.role").fetch_one(tx.db()).await?;
    if count >= MOST {
        return Err(Error::Conflict("directory.too_many_roles"));
    }
    let sealed = written::seal_name(tx, id, &name)?;
    sqlx::query("insert into directory.role (id, name, permissions, created_at) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(sealed)
        .bind(names(permissions))
        .bind(now)
        .execute(tx.db())
        .await?;
    tx.emit(&RoleWritten { role: id, before: Vec::new(), after: permissions.iter().collect() })?;
    Ok(id)
}

pub(super) fn names(permissions: PermissionSet) -> Vec<&'static str> {
    permissions.iter().map(Permission::name).collect()
}
