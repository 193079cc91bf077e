//! Show the structure tree.

use access::{Permission, Scope};
use kernel::{Cx, Error, Json, MemberId, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::count;
use super::tree::open_name;
use crate::model::{Department, DepartmentCan, DepartmentId};
use crate::policy::Acting;
use crate::roles::holding::lineage;

/// Characters a query may have.
const LONGEST_QUERY: usize = 100;

/// Which departments.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedDepartments {
    /// Part of the name, pinyin or initials; absent: all of them.
    pub query: Option<String>,
}

/// The whole tree: parents are named, children are sorted.
#[derive(Serialize, ToSchema)]
pub struct Departments {
    /// Every department, or those that were asked for.
    pub items: Vec<Department>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: DepartmentId,
    parent_id: Option<DepartmentId>,
    name: Vec<u8>,
    position: i32,
    leader_ids: Vec<MemberId>,
}

/// List the departments
#[utoipa::path(
    get, path = "/v1/departments", tag = "directory", operation_id = "listDepartments",
    params(WantedDepartments),
    responses((status = 200, body = Departments)),
    extensions(("x-access" = json!("member of the organisation"))),
)]
pub async fn list_departments(cx: Cx, Query(wanted): Query<WantedDepartments>) -> Result<Json<Departments>> {
    let text = wanted.query.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > LONGEST_QUERY) {
        return Err(Error::Invalid { field: "query", why: "is_too_long" });
    }
    let mut tx = cx.begin().await?;
    let mut items = load(&mut tx, None).await?;
    if let Some(query) = text.map(texts::Query::parse) {
        items.retain(|department| texts::Reading::of(&department.name).matches(&query));
    }
    Ok(Json(Departments { items }))
}

/// The department, or all of them, as the caller may see them.
pub(crate) async fn load(tx: &mut Tx, only: Option<DepartmentId>) -> Result<Vec<Department>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select d.id, d.parent_id, d.name, d.position,
                array(select p.member_id from directory.department_member p
                      join directory.member m on m.id = p.member_id and m.state = 'active'
                      where p.department_id = d.id and p.is_leader order by p.member_id limit 20) as leader_ids
         from directory.department d order by d.position, d.created_at, d.id",
    )
    .fetch_all(tx.db())
    .await?;
    let parents = rows.iter().map(|row| (row.id, row.parent_id)).collect();
    let counts = count::people(tx, &parents).await?;
    let rows: Vec<Row> = rows.into_iter().filter(|row| only.is_none_or(|only| row.id == only)).collect();
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
            member_count: counts.get(&row.id).copied().unwrap_or(0),
            leader_ids: row.leader_ids,
            can: DepartmentCan {
                edit: covers(Permission::DepartmentsManage, row.id),
                add_people: covers(Permission::PeopleAdd, row.id),
            },
        })
    };
    rows.into_iter().map(opened).collect()
}
