//! Add a department to the tree.

use access::Permission;
use axum::http::StatusCode;
use kernel::{Cx, Error, Json, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{list, told, tree};
use crate::events::DepartmentChanged;
use crate::model::{Department, DepartmentId};
use crate::policy::Permitted;

/// A new department.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateDepartment {
    /// What it is called.
    pub name: String,
    /// The one above; the top when absent.
    pub parent_id: Option<DepartmentId>,
}

/// Add a department
#[utoipa::path(
    post, path = "/v1/departments", tag = "directory", operation_id = "createDepartment",
    request_body = CreateDepartment,
    responses((status = 201, body = Department)),
    extensions(("x-access" = json!("holder of departments.manage, above it")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn create_department(cx: Cx, Json(input): Json<CreateDepartment>) -> Result<(StatusCode, Json<Department>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::load(&mut tx, Permission::DepartmentsManage).await?;
    let id = create(&mut tx, &by, input).await?;
    let department = list::load(&mut tx, Some(&[id])).await?.pop();
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(department.ok_or(Error::NotFound("department"))?)))
}

/// Adds the department after its siblings, below one that they manage.
pub async fn create(tx: &mut Tx, by: &Permitted, input: CreateDepartment) -> Result<DepartmentId> {
    tree::lock(tx).await?;
    let above: Vec<DepartmentId> = input.parent_id.into_iter().collect();
    if let [parent] = above[..]
        && !tree::exists(tx, parent).await?
    {
        return Err(Error::Invalid { field: "parent_id", why: "unknown" });
    }
    tree::check_in_use(tx, &above, "parent_id").await?;
    by.check_places(tx, &above).await?;
    add(tx, input).await
}

/// Adds the department after its siblings, in the name of the program: set-up, import, demonstration.
pub async fn add(tx: &mut Tx, input: CreateDepartment) -> Result<DepartmentId> {
    let name = tree::checked_name(&input.name)?;
    tree::lock(tx).await?;
    if let Some(parent) = input.parent_id
        && tree::depth(tx, parent).await? >= tree::DEEPEST
    {
        return Err(Error::Invalid { field: "parent_id", why: "too_deep" });
    }
    tree::check_name(tx, (None, &name), (input.parent_id, "name")).await?;
    let id = DepartmentId(tx.new_id());
    let (sealed, now) = (tree::seal_name(tx, id, &name)?, tx.now());
    sqlx::query(
        "insert into directory.department (id, parent_id, name, position, created_at)
         select $1, $2::uuid, $3, coalesce(max(position) + 1, 0), $4
         from directory.department where parent_id is not distinct from $2::uuid",
    )
    .bind(id)
    .bind(input.parent_id)
    .bind(sealed)
    .bind(now)
    .execute(tx.db())
    .await?;
    let made = told::of(tx, id).await?;
    told::tell_all(tx, id, &told::Settings::new(), &made)?;
    tx.emit(&DepartmentChanged { department: id })?;
    Ok(id)
}
