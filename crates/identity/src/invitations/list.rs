//! See the links there are.

use chrono::{DateTime, Utc};
use directory::{DepartmentId, Permission, Permitted};
use kernel::{Cx, Json, MemberId, Result};
use serde::Serialize;
use utoipa::ToSchema;

use super::link::{Invitation, InvitationState};
use crate::model::InvitationId;

/// A link, without its token.
#[derive(Serialize, ToSchema)]
pub struct ListedInvitation {
    /// Names it.
    pub id: InvitationId,
    /// Which administrator made it.
    pub created_by: MemberId,
    /// When.
    pub created_at: DateTime<Utc>,
    /// It does not work any more then.
    pub expires_at: DateTime<Utc>,
    /// How many may come.
    pub max_uses: i32,
    /// How many have.
    pub uses: i32,
    /// Whether it works.
    pub state: InvitationState,
    /// Where people begin who come by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
}

/// The links of the last months.
#[derive(Serialize, ToSchema)]
pub struct Invitations {
    /// The newest first.
    pub items: Vec<ListedInvitation>,
}

/// List the links by which people join
#[utoipa::path(
    get, path = "/v1/invitations", tag = "identity", operation_id = "listInvitations",
    responses((status = 200, description = "The newest 200", body = Invitations)),
    extensions(("x-access" = json!("holder of people.invite")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_invitations(cx: Cx) -> Result<Json<Invitations>> {
    let mut tx = cx.begin().await?;
    Permitted::load(&mut tx, Permission::PeopleInvite).await?;
    let (org, now) = (tx.org(), tx.now());
    let rows: Vec<Invitation> = sqlx::query_as(
        "select id, department_id, created_by, created_at, expires_at, max_uses, uses, revoked_at
         from identity.invitation where org_id = $1 order by id desc limit 200",
    )
    .bind(org)
    .fetch_all(tx.db())
    .await?;
    let items = rows.into_iter().map(|row| ListedInvitation {
        state: row.state(now),
        id: row.id,
        created_by: row.created_by,
        created_at: row.created_at,
        expires_at: row.expires_at,
        max_uses: row.max_uses,
        uses: row.uses,
        department_id: row.department_id,
    });
    Ok(Json(Invitations { items: items.collect() }))
}
