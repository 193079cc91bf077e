//! See which roles there are, and what each opens.

pub use access::AccessRole;
use access::{AccessRoleCan, BuiltIn, OfferedPermission, Permission, PermissionSet, RoleId};
use kernel::{Cx, Json, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use super::written;
use crate::model::DepartmentId;
use crate::policy::{Acting, Permitted};

/// All roles.
#[derive(Serialize, ToSchema)]
pub struct AccessRoles {
    /// The built-in ones first.
    pub items: Vec<AccessRole>,
    /// Every permission there is.
    pub permissions: Vec<OfferedPermission>,
    /// The departments for which the caller gives roles; absent when for the whole organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gives_in: Option<Vec<DepartmentId>>,
    /// Whether the caller may write a new one.
    pub can_create: bool,
}

/// List the roles
#[utoipa::path(
    get, path = "/v1/roles", tag = "directory", operation_id = "listRoles",
    responses((status = 200, body = AccessRoles)),
    extensions(("x-access" = json!("holder of roles.see or roles.give")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_roles(cx: Cx) -> Result<Json<AccessRoles>> {
    let mut tx = cx.begin().await?;
    let acting = seer(&mut tx).await?;
    let everywhere = acting.holdings.everywhere();
    let gives_in = acting.holdings.departments(Permission::RolesGive).collect();
    Ok(Json(AccessRoles {
        items: load(&mut tx, &acting, None).await?,
        permissions: OfferedPermission::all(everywhere),
        gives_in: if everywhere.has(Permission::RolesGive) { None } else { Some(gives_in) },
        can_create: everywhere.has(Permission::RolesEdit),
    }))
}

/// Who sees roles, or gives them.
pub(super) async fn seer(tx: &mut Tx) -> Result<Acting> {
    let acting = Acting::load(tx).await?;
    if acting.holdings.everywhere().has(Permission::RolesSee) {
        return Ok(acting);
    }
    Permitted::load(tx, Permission::RolesGive).await.map(|by| by.acting().clone())
}

/// The role, or all of them, as the caller may see them.
pub(super) async fn load(tx: &mut Tx, acting: &Acting, only: Option<RoleId>) -> Result<Vec<AccessRole>> {
    let counts: Vec<(RoleId, i64)> =
        sqlx::query_as("select role_id, count(*) from directory.role_grant group by role_id")
            .fetch_all(tx.db())
            .await?;
    let mine: Vec<RoleId> = sqlx::query_scalar("select role_id from directory.role_grant where member_id = $1")
        .bind(acting.id)
        .fetch_all(tx.db())
        .await?;
    let built_in = BuiltIn::ALL.into_iter().map(|role| (role.id(), Some(role), None, role.permissions()));
    let written = written::roles(tx, only).await?;
    let written = written.into_iter().map(|role| (role.id, None, Some((role.name, role.revision)), role.permissions));
    let everywhere = acting.holdings.everywhere();
    let shown = |(id, built_in, own, permissions): (RoleId, Option<BuiltIn>, Option<(String, i64)>, PermissionSet)| {
        let (name, revision) = own.unzip();
        let may_write = built_in.is_none()
            && everywhere.has(Permission::RolesEdit)
            && permissions.without(everywhere).is_empty()
            && !mine.contains(&id);
        let grants = counts.iter().find(|(role, _)| *role == id).map_or(0, |(_, count)| *count);
        AccessRole {
            id,
            built_in,
            name,
            permissions: permissions.iter().collect(),
            fits_departments: permissions.fits_departments(),
            grants,
            revision,
            can: AccessRoleCan {
                edit: may_write,
                delete: may_write && grants == 0,
                give: acting.holdings.may_give_somewhere(permissions),
            },
        }
    };
    Ok(built_in.chain(written).filter(|(id, ..)| only.is_none_or(|only| only == *id)).map(shown).collect())
}
