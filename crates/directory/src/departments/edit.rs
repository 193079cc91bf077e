//! Rename a department, or move it in the tree.

use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{list, tree};
use crate::events::DepartmentChanged;
use crate::model::{Department, DepartmentId};
use crate::patch::{Given, given};
use crate::policy::ManageableDepartment;
use crate::principals;

/// What is to be different; what is absent stays.
#[derive(Deserialize, ToSchema)]
pub struct EditDepartment {
    /// What it is called.
    pub name: Option<String>,
    /// The one above; `null` moves it to the top.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<DepartmentId>)]
    pub parent_id: Given<DepartmentId>,
    /// Order among its siblings.
    pub position: Option<i32>,
}

/// Rename or move a department
#[utoipa::path(
    patch, path = "/v1/departments/{department}", tag = "directory", operation_id = "editDepartment",
    params(("department" = DepartmentId, Path)),
    request_body = EditDepartment,
    responses((status = 200, body = Department)),
    extensions(
        ("x-access" = json!("holder of departments.manage, of it and where it goes")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn edit_department(
    cx: Cx,
    Path(department): Path<DepartmentId>,
    Json(input): Json<EditDepartment>,
) -> Result<Json<Department>> {
    let mut tx = cx.begin().await?;
    let managed = ManageableDepartment::load(&mut tx, department).await?;
    edit(&mut tx, &managed, input).await?;
    let department = list::load(&mut tx, Some(department)).await?.pop();
    tx.commit().await?;
    Ok(Json(department.ok_or(Error::NotFound("department"))?))
}

/// A department never ends up below itself, nor deeper than the tree may be.
pub async fn edit(tx: &mut Tx, managed: &ManageableDepartment, input: EditDepartment) -> Result<()> {
    let id = managed.id();
    let name = input.name.map(|name| tree::checked_name(&name)).transpose()?;
    let sealed = name.map(|name| tree::seal_name(tx, id, &name)).transpose()?;
    if let Some(Some(parent)) = input.parent_id {
        let above = tree::depth(tx, parent).await?;
        let (levels, is_below_itself) = tree::below(tx, id, parent).await?;
        if is_below_itself {
            return Err(Error::Invalid { field: "parent_id", why: "is_below_it" });
        }
        if above + levels > tree::DEEPEST {
            return Err(Error::Invalid { field: "parent_id", why: "too_deep" });
        }
    }
    if let Some(parent) = input.parent_id {
        managed.check_parent(tx, parent).await?;
    }
    let done = sqlx::query(
        "update directory.department set name = coalesce($2, name), position = coalesce($3, position),
                parent_id = case when $4 then $5::uuid else parent_id end
         where id = $1",
    )
    .bind(id)
    .bind(sealed)
    .bind(input.position)
    .bind(input.parent_id.is_some())
    .bind(input.parent_id.flatten())
    .execute(tx.db())
    .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("department"));
    }
    principals::follow_department(tx, id).await?;
    tx.emit(&DepartmentChanged { department: id })
}
