//! Take a role from somebody (`ORG-03`). The owner's is taken with a second, and never from the last one.

use access::{BuiltIn, Holder, Permission};
use axum::http::StatusCode;
use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use super::holding::{self, scopes};
use super::written::{self, Grant, RoleGrantId};
use crate::acts::SensitiveAct;
use crate::acts::assurance::Assured;
use crate::acts::owners;
use crate::departments::tree;
use crate::people::person::{self, Person};
use crate::policy::{Acting, Permitted};

/// What came of it.
#[derive(Serialize, ToSchema)]
pub struct TakenRole {
    /// It waits for a second, or for a day; absent when it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<SensitiveAct>,
}

/// Take a role away
///
/// What an owner is made by, a second administrator approves.
#[utoipa::path(
    delete, path = "/v1/role-grants/{grant}", tag = "directory", operation_id = "takeRole",
    params(("grant" = RoleGrantId, Path)),
    responses((status = 200, body = TakenRole)),
    extensions(
        ("x-access" = json!("holder of roles.give, from whoever holds no more")),
        ("x-errors" = json!(["forbidden", "directory.last_owner", "directory.act_is_open", "identity.prove_again"])),
    ),
)]
pub async fn take_role(cx: Cx, Path(grant): Path<RoleGrantId>) -> Result<(StatusCode, Json<TakenRole>)> {
    let mut tx = cx.begin().await?;
    tree::lock(&mut tx).await?;
    let by = Permitted::load(&mut tx, Permission::RolesGive).await?;
    let grant = find(&mut tx, grant).await?;
    let person = person::load(&mut tx, grant.member_id).await?;
    check(&mut tx, by.acting(), &person).await?;
    let act = if grant.role_id == BuiltIn::Owner.id() {
        let assured = Assured::load(&mut tx, cx.session).await?;
        Some(owners::ask_to_take(&mut tx, &assured, &person).await?)
    } else {
        take(&mut tx, &person, &grant).await?;
        None
    };
    tx.commit().await?;
    Ok((StatusCode::OK, Json(TakenRole { act })))
}

pub(super) async fn take(tx: &mut Tx, person: &Person, grant: &Grant) -> Result<()> {
    written::delete(tx, grant).await?;
    crate::people::edit::announce(tx, person.id, vec!["role".to_owned()], None).await
}

pub(super) async fn find(tx: &mut Tx, grant: RoleGrantId) -> Result<Grant> {
    sqlx::query_as(
        "select id, member_id, role_id, department_id, given_by, given_at from directory.role_grant where id = $1",
    )
    .bind(grant)
    .fetch_optional(tx.db())
    .await?
    .ok_or(Error::NotFound("role_grant"))
}

/// `Forbidden` unless the rule lets the caller take what the person has.
pub(super) async fn check(tx: &mut Tx, acting: &Acting, person: &Person) -> Result<()> {
    let theirs = holding::holdings(tx, &[person.id]).await?.remove(&person.id).unwrap_or_default();
    let departments = person.department_ids.iter().copied().chain(scopes(&theirs));
    let lineage = holding::lineage(tx, departments.collect::<Vec<_>>()).await?;
    let target = Holder { id: person.id, holdings: &theirs, places: &person.department_ids };
    access::may_take(&acting.holder(), &target, &lineage).map_err(|_| Error::Forbidden)
}
