//! Rename a department, move it in the tree, say who leads it from outside and who sees it, or take it out of use (`DIR-04`).

use access::Sees;
use axum::http::HeaderMap;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{list, shape, told, tree};
use crate::events::DepartmentChanged;
use crate::model::{Department, DepartmentId};
use crate::policy::ManageableDepartment;
use crate::principals;
use editions::{Edition, Given, given};

/// What is to be different; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditDepartment {
    /// What it is called.
    pub name: Option<String>,
    /// The one above; `null` moves it to the top.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<DepartmentId>)]
    pub parent_id: Given<DepartmentId>,
    /// Puts it before this one of its siblings; `null` after all of them.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<DepartmentId>)]
    pub before: Given<DepartmentId>,
    /// All who lead it without being in it.
    pub dotted_leader_ids: Option<Vec<MemberId>>,
    /// Whether only those who are in it, and those who look after it, see it and its people.
    pub is_hidden: Option<bool>,
    /// How far its people see.
    pub sees: Option<Sees>,
    /// All departments they see besides their own, when they see no more than that.
    pub sees_also: Option<Vec<DepartmentId>>,
    /// Whether it is out of use.
    pub is_archived: Option<bool>,
}

/// Change a department
#[utoipa::path(
    patch, path = "/v1/departments/{department}", tag = "directory", operation_id = "editDepartment",
    params(
        ("department" = DepartmentId, Path),
        ("If-Match" = String, Header, description = "the revision that is changed")
    ),
    request_body = EditDepartment,
    responses((status = 200, body = Department)),
    extensions(
        ("x-access" = json!("holder of departments.manage, of it and where it goes; of who sees whom, organisation.edit too")),
        ("x-errors" = json!([
            "forbidden", "directory.own_place_forbidden", "directory.sight_exceeded", "directory.changed_meanwhile", "directory.department_not_empty", "directory.department_archived"
        ])),
    ),
)]
pub async fn edit_department(
    cx: Cx,
    Path(department): Path<DepartmentId>,
    edition: Edition,
    Json(input): Json<EditDepartment>,
) -> Result<(HeaderMap, Json<Department>)> {
    let mut tx = cx.begin().await?;
    let managed = ManageableDepartment::load(&mut tx, department).await?;
    edit(&mut tx, &managed, &edition, input).await?;
    let department = list::load(&mut tx, Some(&[department])).await?.pop().ok_or(Error::NotFound("department"))?;
    tx.commit().await?;
    Ok((editions::tag(department.revision), Json(department)))
}

/// A department never ends up below itself, nor deeper than the tree may be. The tree is held: see [`ManageableDepartment`].
pub async fn edit(tx: &mut Tx, managed: &ManageableDepartment, edition: &Edition, input: EditDepartment) -> Result<()> {
    let id = managed.id();
    edition.check(tree::hold(tx, id).await?)?;
    if input.is_hidden.is_some() || input.sees.is_some() || input.sees_also.is_some() {
        managed.check_sight()?;
    }
    let before = told::of(tx, id).await?;
    let name = input.name.as_deref().map(tree::checked_name).transpose()?;
    let sealed = name.as_deref().map(|name| tree::seal_name(tx, id, name)).transpose()?;
    if let Some(Some(parent)) = input.parent_id {
        shape::check_hang(tx, id, parent, "parent_id").await?;
        tree::check_in_use(tx, &[parent], "parent_id").await?;
    }
    if let Some(parent) = input.parent_id {
        managed.check_parent(tx, parent).await?;
        if shape::unveils(tx, (id, false), parent).await? {
            managed.check_sight()?;
        }
    }
    check_beside(tx, id, &input, name.as_deref()).await?;
    sqlx::query(
        "update directory.department set name = coalesce($2, name), revision = revision + 1,
                parent_id = case when $3 then $4::uuid else parent_id end
         where id = $1",
    )
    .bind(id)
    .bind(sealed)
    .bind(input.parent_id.is_some())
    .bind(input.parent_id.flatten())
    .execute(tx.db())
    .await?;
    if let Some(before) = input.before {
        shape::order(tx, id, before).await?;
    }
    if let Some(leaders) = input.dotted_leader_ids {
        shape::lead_from_outside(tx, managed, &leaders).await?;
    }
    if let Some(also) = input.sees_also {
        shape::see(tx, id, &also).await?;
    }
    if input.is_hidden.is_some() || input.sees.is_some() {
        shape::show(tx, id, input.is_hidden, input.sees).await?;
    }
    if let Some(is_archived) = input.is_archived {
        shape::archive(tx, id, is_archived).await?;
    }
    principals::follow_departments(tx, &[id]).await?;
    told::follow(tx, managed, &before).await?;
    tx.emit(&DepartmentChanged { department: id })
}

/// Renamed, moved or back in use, it stands beside no other of its name; where two stand so already, the rest may be changed.
async fn check_beside(tx: &mut Tx, id: DepartmentId, input: &EditDepartment, name: Option<&str>) -> Result<()> {
    if name.is_none() && input.parent_id.is_none() && input.is_archived != Some(false) {
        return Ok(());
    }
    let (parent, sealed): (Option<DepartmentId>, Vec<u8>) =
        sqlx::query_as("select parent_id, name from directory.department where id = $1")
            .bind(id)
            .fetch_one(tx.db())
            .await?;
    let (old, above) = (tree::open_name(tx, id, &sealed)?, input.parent_id.unwrap_or(parent));
    let (is_renamed, is_moved) = (name.is_some_and(|name| name != old), above != parent);
    if !is_renamed && !is_moved && input.is_archived != Some(false) {
        return Ok(());
    }
    let field = if is_moved && !is_renamed { "parent_id" } else { "name" };
    tree::check_name(tx, (Some(id), name.unwrap_or(&old)), (above, field)).await
}
