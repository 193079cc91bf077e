//! See what giving a role would open, or why it is refused, before it is given.

use access::{Permission, Refusal};
use kernel::{Cx, Error, Json, Result};
use serde::Serialize;
use utoipa::ToSchema;

use super::give::{GiveRole, check};
use super::holding;
use super::list::seer;
use super::written;
use crate::people::person;

/// What giving a role would come to.
#[derive(Serialize, ToSchema)]
pub struct RolePreview {
    /// What the person could do then that they cannot do now, for what the role is given for.
    pub opens: Vec<Permission>,
    /// What of it they could do already.
    pub holds_already: Vec<Permission>,
    /// How many people it would reach: those in the department and below, or everybody.
    pub people: i64,
    /// Why it is refused; absent when it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// Whether it waits for a second administrator, or for a day.
    pub needs_second: bool,
}

/// Try giving a role
///
/// Nothing is changed.
#[utoipa::path(
    post, path = "/v1/role-grants/preview", tag = "directory", operation_id = "previewRole", request_body = GiveRole,
    responses((status = 200, body = RolePreview)),
    extensions(("x-access" = json!("holder of roles.see or roles.give")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn preview_role(cx: Cx, Json(input): Json<GiveRole>) -> Result<Json<RolePreview>> {
    let mut tx = cx.begin().await?;
    let acting = seer(&mut tx).await?;
    let person = person::load_all(&mut tx, &[input.member_id]).await?.pop();
    let person = person.ok_or(Error::Invalid { field: "member_id", why: "unknown" })?;
    let permissions = written::permissions(&mut tx, input.role_id).await?;
    let refusal = check(&mut tx, &acting, &person, input.role_id, input.department_id).await?.err();
    let theirs = holding::holdings(&mut tx, &[person.id]).await?.remove(&person.id).unwrap_or_default();
    let lineage = holding::lineage(&mut tx, input.department_id).await?;
    let has = |permission: &Permission| theirs.covers(*permission, input.department_id.into(), &lineage);
    let (holds_already, opens) = permissions.iter().partition(has);
    let people: i64 = sqlx::query_scalar(
        "select count(*) from directory.member m where m.state = 'active' and ($1::uuid is null or exists (
             select from directory.principal p where p.member_id = m.id and p.principal_id = $1))",
    )
    .bind(input.department_id)
    .fetch_one(tx.db())
    .await?;
    let needs_second = permissions.has(Permission::OrganisationOwn);
    Ok(Json(RolePreview { opens, holds_already, people, refusal, needs_second }))
}
