//! Give somebody a role (`ORG-03`). The owner's is given with a second.

use access::{BuiltIn, Held, Holder, Permission, PermissionSet, Refusal, RoleId};
use axum::http::StatusCode;
use kernel::{Cx, Error, Json, MemberId, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::grants::{self, RoleGrant};
use super::holding::{self, scopes};
use super::written;
use crate::acts::SensitiveAct;
use crate::acts::assurance::Assured;
use crate::acts::owners;
use crate::departments::tree;
use crate::model::DepartmentId;
use crate::people::person::{self, Person};
use crate::policy::{Acting, Permitted};

/// Who is to have what, and for what.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveRole {
    /// Who.
    pub member_id: MemberId,
    /// What.
    pub role_id: RoleId,
    /// For this department and everything below it; for the whole organisation when absent.
    pub department_id: Option<DepartmentId>,
}

/// What came of it: one of the two.
#[derive(Serialize, ToSchema)]
pub struct GivenRole {
    /// They have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant: Option<RoleGrant>,
    /// It waits for a second, or for a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<SensitiveAct>,
}

/// Give a role
///
/// To make somebody an owner one proves one's password again, and a second administrator approves.
#[utoipa::path(
    post, path = "/v1/role-grants", tag = "directory", operation_id = "giveRole", request_body = GiveRole,
    responses((status = 201, body = GivenRole)),
    extensions(
        ("x-access" = json!("holder of roles.give, of what one holds oneself; of the owner's role, organisation.own")),
        ("x-errors" = json!([
            "forbidden", "directory.has_role", "directory.not_active", "directory.act_is_open", "identity.prove_again"
        ])),
    ),
)]
pub async fn give_role(cx: Cx, Json(input): Json<GiveRole>) -> Result<(StatusCode, Json<GivenRole>)> {
    kernel::concerns("member", input.member_id.0);
    let mut tx = cx.begin().await?;
    tree::lock(&mut tx).await?;
    let by = Permitted::load(&mut tx, Permission::RolesGive).await?;
    let given = if input.role_id == BuiltIn::Owner.id() {
        let person = checked(&mut tx, &by, &input).await?;
        let assured = Assured::load(&mut tx, cx.session).await?;
        GivenRole { grant: None, act: Some(owners::ask_to_give(&mut tx, &assured, &person).await?) }
    } else {
        GivenRole { grant: Some(give(&mut tx, &by, input).await?), act: None }
    };
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(given)))
}

/// Gives a role that is no owner's.
pub async fn give(tx: &mut Tx, by: &Permitted, input: GiveRole) -> Result<RoleGrant> {
    let person = checked(tx, by, &input).await?;
    let grant = written::insert(tx, person.id, input.role_id, input.department_id).await?;
    crate::people::edit::announce(tx, person.id, vec!["role".to_owned()], None).await?;
    let shown = grants::shown(tx, by.acting(), vec![grant]).await?.pop();
    shown.ok_or(Error::NotFound("member"))
}

async fn checked(tx: &mut Tx, by: &Permitted, input: &GiveRole) -> Result<Person> {
    person::lock(tx, input.member_id).await?;
    let person = person::load(tx, input.member_id).await?;
    check(tx, by.acting(), &person, input.role_id, input.department_id).await?.map_err(refused)?;
    if !person.state.can_hold_roles() {
        return Err(Error::Conflict("directory.not_active"));
    }
    Ok(person)
}

/// What is wrong with what was chosen is said; what one may not do is not.
fn refused(why: Refusal) -> Error {
    match why {
        Refusal::WholeOnly => Error::Invalid { field: "department_id", why: "whole_only" },
        _ => Error::Forbidden,
    }
}

/// Why the caller may not give this to the person, if so. `NotFound` for a role, `Invalid` for a department that is not there.
pub(super) async fn check(
    tx: &mut Tx,
    acting: &Acting,
    person: &Person,
    role: RoleId,
    department: Option<DepartmentId>,
) -> Result<Result<PermissionSet, Refusal>> {
    let permissions = written::permissions(tx, role).await?;
    if let Some(department) = department
        && !tree::exists(tx, department).await?
    {
        return Err(Error::Invalid { field: "department_id", why: "unknown" });
    }
    let theirs = holding::holdings(tx, &[person.id]).await?.remove(&person.id).unwrap_or_default();
    let departments = person.department_ids.iter().copied().chain(scopes(&theirs)).chain(department);
    let lineage = holding::lineage(tx, departments.collect::<Vec<_>>()).await?;
    let target = Holder { id: person.id, holdings: &theirs, places: &person.department_ids };
    let granted = Held { permissions, scope: department.into() };
    Ok(access::may_give(&acting.holder(), granted, &target, &lineage).map(|()| permissions))
}
