//! See who has which role, and for what.

use access::{Holder, Holdings, Permission, RoleGrantCan, RoleId};
use chrono::{DateTime, Utc};
use kernel::{Cx, Json, MemberId, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::holding::{self, scopes};
use super::list::seer;
use super::written::{self, Grant, RoleGrantId};
use crate::model::DepartmentId;
use crate::people::list::parse_ids;
use crate::people::person;
use crate::policy::Acting;

/// A role somebody has.
#[derive(Serialize, ToSchema)]
pub struct RoleGrant {
    /// Names it.
    pub id: RoleGrantId,
    /// Who has it.
    pub member_id: MemberId,
    /// Which role.
    pub role_id: RoleId,
    /// For which department and everything below it; absent for the whole organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// Who gave it; absent when the program did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_by: Option<MemberId>,
    /// When.
    pub given_at: DateTime<Utc>,
    /// What the caller may do.
    pub can: RoleGrantCan,
}

/// Grants.
#[derive(Serialize, ToSchema)]
pub struct RoleGrants {
    /// The oldest first, 2,000 at most.
    pub items: Vec<RoleGrant>,
}

/// Which grants.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Of this role.
    pub role: Option<RoleId>,
    /// Of this person.
    pub member: Option<MemberId>,
    /// Of these people, separated by commas, 200 at most.
    pub members: Option<String>,
}

/// List who has which role
#[utoipa::path(
    get, path = "/v1/role-grants", tag = "directory", operation_id = "listRoleGrants", params(Wanted),
    responses((status = 200, body = RoleGrants)),
    extensions(("x-access" = json!("holder of roles.see or roles.give")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_role_grants(cx: Cx, Query(wanted): Query<Wanted>) -> Result<Json<RoleGrants>> {
    let mut tx = cx.begin().await?;
    let acting = seer(&mut tx).await?;
    let members = wanted.members.as_deref().map(|ids| parse_ids("members", ids)).transpose()?;
    let members = members.or(wanted.member.map(|member| vec![member]));
    let grants = written::grants(&mut tx, wanted.role, members.as_deref()).await?;
    Ok(Json(RoleGrants { items: shown(&mut tx, &acting, grants).await? }))
}

/// As the caller may see them.
pub(super) async fn shown(tx: &mut Tx, acting: &Acting, grants: Vec<Grant>) -> Result<Vec<RoleGrant>> {
    let ids: Vec<MemberId> = grants.iter().map(|grant| grant.member_id).collect();
    let held = holding::holdings(tx, &ids).await?;
    let people = person::load_all(tx, &ids).await?;
    let places = people.iter().flat_map(|person| person.department_ids.iter().copied());
    let lineage = holding::lineage(tx, places.chain(held.values().flat_map(scopes)).collect::<Vec<_>>()).await?;
    let nothing = Holdings::default();
    let can = |member: MemberId| {
        let Some(person) = people.iter().find(|person| person.id == member) else { return false };
        let holdings = held.get(&member).unwrap_or(&nothing);
        let target = Holder { id: member, holdings, places: &person.department_ids };
        access::may_take(&acting.holder(), &target, &lineage).is_ok()
    };
    // A delegate sees who has roles where they give some; the others see all.
    let sees_all = acting.holdings.everywhere().has(Permission::RolesSee);
    let is_seen = |grant: &Grant| {
        sees_all
            || people.iter().any(|person| {
                person.id == grant.member_id
                    && acting.holdings.reach(Permission::RolesGive, &person.department_ids, &lineage)
            })
    };
    let shown = |grant: Grant| RoleGrant {
        can: RoleGrantCan { take: can(grant.member_id) },
        id: grant.id,
        member_id: grant.member_id,
        role_id: grant.role_id,
        department_id: grant.department_id,
        given_by: grant.given_by,
        given_at: grant.given_at,
    };
    Ok(grants.into_iter().filter(is_seen).map(shown).collect())
}
