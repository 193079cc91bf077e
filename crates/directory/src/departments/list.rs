//! Show the structure tree.

use access::{Permission, Scope, Sees};
use kernel::{Cx, Error, Json, MemberId, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::reach::reach;
use super::tree::open_name;
use crate::model::{Department, DepartmentCan, DepartmentId, DepartmentSight};
use crate::people::sight::Sight;
use crate::policy::Acting;
use crate::principals;
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
    child_ids: Vec<DepartmentId>,
    archived_child_ids: Vec<DepartmentId>,
    leader_ids: Vec<MemberId>,
    dotted_leader_ids: Vec<MemberId>,
    is_archived: bool,
    is_hidden: bool,
    sees: Sees,
    also: Vec<DepartmentId>,
    revision: i64,
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
    let named = match text {
        Some(text) => Some(named(&mut tx, &texts::Query::parse(text)).await?),
        None => None,
    };
    Ok(Json(Departments { items: load(&mut tx, named.as_deref()).await? }))
}

/// Those of that name, whoever may see them: of fifty thousand a handful, which alone are looked at more closely.
async fn named(tx: &mut Tx, query: &texts::Query) -> Result<Vec<DepartmentId>> {
    let all: Vec<(DepartmentId, Vec<u8>)> =
        sqlx::query_as("select id, name from directory.department").fetch_all(tx.db()).await?;
    let mut found = Vec::new();
    for (id, sealed) in all {
        if query.finds(&open_name(tx, id, &sealed)?) {
            found.push(id);
        }
    }
    Ok(found)
}

/// The departments, or all of them, as the caller may see them. What is out of use concerns those alone who may bring it back.
pub async fn load(tx: &mut Tx, only: Option<&[DepartmentId]>) -> Result<Vec<Department>> {
    let all = load_with_archived(tx, only).await?;
    Ok(all.into_iter().filter(|one| !one.is_archived || one.can.edit).collect())
}

/// The same with what is out of use, for whoever keeps a copy: out of use is not gone.
pub async fn load_with_archived(tx: &mut Tx, only: Option<&[DepartmentId]>) -> Result<Vec<Department>> {
    let mut rows: Vec<Row> = sqlx::query_as(
        "select d.id, d.parent_id, d.name, d.position, d.revision, d.is_hidden, d.sees,
                d.archived_at is not null as is_archived,
                array(select below.id from directory.department below
                      where below.parent_id = d.id and below.archived_at is null) as child_ids,
                array(select below.id from directory.department below
                      where below.parent_id = d.id and below.archived_at is not null) as archived_child_ids,
                array(select p.member_id from directory.department_member p
                      join directory.member m on m.id = p.member_id and m.state = 'active'
                      where p.department_id = d.id and p.is_leader order by p.member_id limit 20) as leader_ids,
                array(select l.member_id from directory.dotted_leader l
                      join directory.member m on m.id = l.member_id and m.state = 'active'
                      where l.department_id = d.id order by l.member_id) as dotted_leader_ids,
                array(select s.seen_id from directory.department_sight s where s.department_id = d.id) as also
         from directory.department d
         where $1::uuid[] is null or d.id = any($1)
         order by d.position, d.created_at, d.id",
    )
    .bind(only)
    .fetch_all(tx.db())
    .await?;
    let acting = Acting::load(tx).await?;
    let sight = Sight::of(tx, &acting, None).await?;
    let counts = principals::department_counts(tx, only, &sight.unfound()).await?;
    rows.retain(|row| sight.reach.shows(row.id));
    let is_asked = !acting.holdings.anywhere().is_empty();
    let shown = rows.iter().filter(|_| is_asked).flat_map(|row| row.archived_child_ids.iter().chain([&row.id]));
    let lineage = lineage(tx, shown.copied().collect::<Vec<_>>()).await?;
    let covers = |permission, id| acting.holdings.covers(permission, Scope::Department(id), &lineage);
    let met = |ids: Vec<MemberId>| ids.into_iter().filter(|id| sight.finds(*id)).collect();
    let opened = |row: Row| {
        let can = DepartmentCan {
            edit: covers(Permission::DepartmentsManage, row.id),
            hide: acting.organisation_can().edit,
            add_people: covers(Permission::PeopleAdd, row.id) && !row.is_archived,
        };
        let brings_back = |child: &&DepartmentId| covers(Permission::DepartmentsManage, **child);
        let mut below = row.child_ids.iter().chain(row.archived_child_ids.iter().filter(brings_back));
        let has_children = below.any(|child| sight.reach.shows(*child));
        let Row { is_hidden, sees, also, .. } = row;
        Ok(Department {
            name: open_name(tx, row.id, &row.name)?,
            id: row.id,
            parent_id: row.parent_id,
            position: row.position,
            member_count: counts.get(&row.id).copied().unwrap_or(0),
            has_children,
            leader_ids: met(row.leader_ids),
            dotted_leader_ids: met(row.dotted_leader_ids),
            is_archived: row.is_archived,
            sight: can.hide.then_some(DepartmentSight { is_hidden, sees, also }),
            revision: row.revision,
            can,
        })
    };
    rows.into_iter().map(opened).collect()
}

/// Those of the departments that stand in the tree the caller sees.
pub(crate) async fn shown(tx: &mut Tx, departments: &[DepartmentId]) -> Result<Vec<DepartmentId>> {
    let acting = Acting::load(tx).await?;
    let reach = reach(tx, &acting).await?;
    Ok(departments.iter().copied().filter(|one| reach.shows(*one)).collect())
}
