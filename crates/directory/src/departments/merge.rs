//! Merge a department into another: its people and what lies below it go there, and it is gone (`DIR-04`).

use axum::http::StatusCode;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{shape, told, tree};
use crate::events::DepartmentMerged;
use crate::model::DepartmentId;
use crate::people::{belonging, person};
use crate::policy::ManageableDepartment;
use crate::principals;
use editions::Edition;

/// Where everything goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeDepartment {
    /// The department that stays.
    pub into: DepartmentId,
}

/// Merge a department into another
#[utoipa::path(
    post, path = "/v1/departments/{department}/merge", tag = "directory", operation_id = "mergeDepartment",
    params(
        ("department" = DepartmentId, Path),
        ("If-Match" = String, Header, description = "the revision that is merged")
    ),
    request_body = MergeDepartment,
    responses((status = 204)),
    extensions(
        ("x-access" = json!("holder of departments.manage, of both; of who sees whom, organisation.edit too")),
        ("x-errors" = json!([
            "forbidden", "directory.own_place_forbidden", "directory.sight_exceeded", "directory.changed_meanwhile", "directory.department_has_roles"
        ])),
    ),
)]
pub async fn merge_department(
    cx: Cx,
    Path(department): Path<DepartmentId>,
    edition: Edition,
    Json(input): Json<MergeDepartment>,
) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let managed = ManageableDepartment::load(&mut tx, department).await?;
    merge(&mut tx, &managed, &edition, input.into).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// By the rule for hanging it below the other: nobody hands over more than they hold, and only whoever says who sees
/// whom lets people out of a hidden or limited department. Whoever is in both stays where they
/// are in the one; leaders go on leading. `Conflict` while somebody has a role for it: that is given anew by whoever may.
pub async fn merge(tx: &mut Tx, managed: &ManageableDepartment, edition: &Edition, into: DepartmentId) -> Result<()> {
    let id = managed.id();
    edition.check(tree::hold(tx, id).await?)?;
    if !tree::exists(tx, into).await? {
        return Err(Error::Invalid { field: "into", why: "unknown" });
    }
    shape::check_hang(tx, id, into, "into").await?;
    tree::check_in_use(tx, &[into], "into").await?;
    managed.check_parent(tx, Some(into)).await?;
    managed.check_merge(tx, into).await?;
    if shape::unveils(tx, (id, true), Some(into)).await? {
        managed.check_sight()?;
    }
    tree::check_without_roles(tx, id).await?;
    let below: Vec<(DepartmentId, Vec<u8>)> =
        sqlx::query_as("select id, name from directory.department where parent_id = $1 and archived_at is null")
            .bind(id)
            .fetch_all(tx.db())
            .await?;
    for (child, sealed) in below {
        let name = tree::open_name(tx, child, &sealed)?;
        tree::check_name(tx, (Some(id), &name), (Some(into), "into")).await?;
    }
    let own = belonging::of(tx, &[managed.by().id]).await?;
    let gone = told::of(tx, id).await?;
    told::tell_all(tx, id, &gone, &told::Settings::new())?;
    sqlx::query(
        "insert into directory.department_member as d (department_id, member_id, position, is_leader)
         select $2, member_id, position, is_leader from directory.department_member where department_id = $1
         on conflict on constraint department_member_pkey
         do update set position = least(d.position, excluded.position), is_leader = d.is_leader or excluded.is_leader",
    )
    .bind(id)
    .bind(into)
    .execute(tx.db())
    .await?;
    let moved: Vec<MemberId> =
        sqlx::query_scalar("delete from directory.department_member where department_id = $1 returning member_id")
            .bind(id)
            .fetch_all(tx.db())
            .await?;
    person::touch(tx, &moved).await?;
    sqlx::query(
        "update directory.department set parent_id = $2, revision = revision + 1,
                position = position + (select coalesce(max(position) + 1, 0) from directory.department where parent_id = $2)
         where parent_id = $1",
    )
    .bind(id)
    .bind(into)
    .execute(tx.db())
    .await?;
    sqlx::query("delete from directory.department where id = $1").bind(id).execute(tx.db()).await?;
    belonging::follow(tx, managed.by(), own).await?;
    principals::follow_departments(tx, &[into]).await?;
    tx.emit(&DepartmentMerged { department: id, into })
}
