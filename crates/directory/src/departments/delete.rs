//! Delete a department in which nobody and nothing is.

use axum::http::StatusCode;
use editions::Edition;
use kernel::{Cx, Error, Path, Result, Tx};

use super::{told, tree};
use crate::events::DepartmentChanged;
use crate::model::DepartmentId;
use crate::policy::ManageableDepartment;

/// Delete an empty department
#[utoipa::path(
    delete, path = "/v1/departments/{department}", tag = "directory", operation_id = "deleteDepartment",
    params(
        ("department" = DepartmentId, Path),
        ("If-Match" = String, Header, description = "the revision that is removed")
    ),
    responses((status = 204)),
    extensions(
        ("x-access" = json!("holder of departments.manage, of it")),
        ("x-errors" = json!([
            "forbidden", "directory.changed_meanwhile", "directory.department_not_empty", "directory.department_has_roles"
        ])),
    ),
)]
pub async fn delete_department(cx: Cx, Path(department): Path<DepartmentId>, edition: Edition) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let managed = ManageableDepartment::load(&mut tx, department).await?;
    delete(&mut tx, &managed, &edition).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `Conflict` with `directory.department_not_empty` while people or departments are in it, with
/// `directory.department_has_roles` while somebody has a role for it: that is taken by whoever may, and recorded.
pub async fn delete(tx: &mut Tx, managed: &ManageableDepartment, edition: &Edition) -> Result<()> {
    let id = managed.id();
    edition.check(tree::hold(tx, id).await?)?;
    let is_used: bool = sqlx::query_scalar(
        "select exists (select from directory.department where parent_id = $1)
             or exists (select from directory.department_member p join directory.member m on m.id = p.member_id
                        where p.department_id = $1 and m.state <> 'erased')",
    )
    .bind(id)
    .fetch_one(tx.db())
    .await?;
    if is_used {
        return Err(Error::Conflict("directory.department_not_empty"));
    }
    tree::check_without_roles(tx, id).await?;
    let gone = told::of(tx, id).await?;
    told::tell_all(tx, id, &gone, &told::Settings::new())?;
    sqlx::query("delete from directory.department_member where department_id = $1").bind(id).execute(tx.db()).await?;
    sqlx::query("delete from directory.department where id = $1").bind(id).execute(tx.db()).await?;
    tx.emit(&DepartmentChanged { department: id })
}
