//! Show the structure tree.

use access::{Permission, Scope};
use kernel::{Cx, Json, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use super::tree::open_name;
use crate::model::{Department, DepartmentCan, DepartmentId};
use crate::policy::Acting;
use crate::roles::holding::lineage;

/// The whole tree: parents are named, children are sorted.
#[derive(Serialize, ToSchema)]
pub struct Departments {
    /// Every department.
    pub items: Vec<Department>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: DepartmentId,
    parent_id: Option<DepartmentId>,
    name: Vec<u8>,
    position: i32,
    member_count: i64,
}

/// List the departments
#[utoipa::path(
    get, path = "/v1/departments", tag = "directory", operation_id = "listDepartments",
    responses((status = 200, body = Departments)),
    extensions(("x-access" = json!("member of the organisation"))),
)]
pub async fn list_departments(cx: Cx) -> Result<Json<Departments>> {
    let mut tx = cx.begin().await?;
    Ok(Json(Departments { items: load(&mut tx, None).await? }))
}

/// The department, or all of them, as the caller may see them.
pub(crate) async fn load(tx: &mut Tx, only: Option<DepartmentId>) -> Result<Vec<Department>> {
    let rows: Vec<Row> = sqlx::query_as(
        "with recursive up as (
             select id as department_id, id as ancestor_id, 1 as depth from directory.department
             union all
             select up.department_id, d.parent_id, up.depth + 1 from up
             join directory.department d on d.id = up.ancestor_id
             where d.parent_id is not null and up.depth < 100),
         counted as (
             select up.ancestor_id, count(distinct m.id) as member_count from up
             join directory.department_member p on p.department_id = up.department_id
             join directory.member m on m.id = p.member_id and m.state in ('active', 'suspended', 'invited')
             group by up.ancestor_id)
         select d.id, d.parent_id, d.name, d.position, coalesce(c.member_count, 0) as member_count
         from directory.department d left join counted c on c.ancestor_id = d.id
         where $1::uuid is null or d.id = $1
         order by d.position, d.created_at, d.id",
    )
    .bind(only)
    .fetch_all(tx.db())
    .await?;
    let acting = Acting::load(tx).await?;
    let is_asked = !acting.holdings.anywhere().is_empty();
    let asked: Vec<DepartmentId> = rows.iter().filter(|_| is_asked).map(|row| row.id).collect();
    let lineage = lineage(tx, asked).await?;
    let covers = |permission, id| acting.holdings.covers(permission, Scope::Department(id), &lineage);
    let opened = |row: Row| {
        Ok(Department {
            name: open_name(tx, row.id, &row.name)?,
            id: row.id,
            parent_id: row.parent_id,
            position: row.position,
            member_count: row.member_count,
            can: DepartmentCan {
                edit: covers(Permission::DepartmentsManage, row.id),
                add_people: covers(Permission::PeopleAdd, row.id),
            },
        })
    };
    rows.into_iter().map(opened).collect()
}
