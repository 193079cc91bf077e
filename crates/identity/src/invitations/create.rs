//! Make a link by which people join (`ORG-08`).

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use directory::{DepartmentId, Permission, Permitted};
use kernel::{Cx, Error, Json, Result, Tx};
use serde::{Deserialize, Serialize};
use tokens::LinkToken;
use utoipa::ToSchema;

use super::link::InvitationState;
use super::onlookers;
use crate::events::InvitationCreated;
use crate::model::InvitationId;

/// How far a link reaches.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateInvitation {
    /// 1 to 30; 7 when absent.
    pub expires_in_days: Option<i64>,
    /// 1 to 500; 50 when absent.
    pub max_uses: Option<i32>,
    /// Where people begin who come by it.
    pub department_id: Option<DepartmentId>,
}

/// A new link; its token is shown this once.
#[derive(Serialize, ToSchema)]
pub struct CreatedInvitation {
    /// Names it.
    pub id: InvitationId,
    /// What to send.
    pub url: String,
    /// The last part of it.
    pub token: String,
    /// It does not work any more then.
    pub expires_at: DateTime<Utc>,
    /// How many may come.
    pub max_uses: i32,
    /// How many have.
    pub uses: i32,
    /// Open.
    pub state: InvitationState,
}

/// Make a link by which people join
#[utoipa::path(
    post, path = "/v1/invitations", tag = "identity", operation_id = "createInvitation",
    request_body = CreateInvitation,
    responses((status = 201, description = "The link, this once", body = CreatedInvitation)),
    extensions(("x-access" = json!("holder of people.invite, where people begin")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn create_invitation(
    cx: Cx,
    Json(input): Json<CreateInvitation>,
) -> Result<(StatusCode, Json<CreatedInvitation>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::load(&mut tx, Permission::PeopleInvite).await?;
    let created = create(&mut tx, &by, input).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(created)))
}

/// Makes a link in somebody's name, into the department they may invite into.
pub async fn create(tx: &mut Tx, by: &Permitted, input: CreateInvitation) -> Result<CreatedInvitation> {
    let days = input.expires_in_days.unwrap_or(7);
    let max_uses = input.max_uses.unwrap_or(50);
    if !(1..=30).contains(&days) {
        return Err(Error::Invalid { field: "expires_in_days", why: "not_1_to_30" });
    }
    if !(1..=500).contains(&max_uses) {
        return Err(Error::Invalid { field: "max_uses", why: "not_1_to_500" });
    }
    if let Some(department) = input.department_id
        && !directory::department_exists(tx, department).await?
    {
        return Err(Error::Invalid { field: "department_id", why: "unknown" });
    }
    by.check_places(tx, &input.department_id.into_iter().collect::<Vec<_>>()).await?;
    let (id, now, token) = (InvitationId(tx.new_id()), tx.now(), LinkToken::new(tx.app(), tx.org()));
    let expires_at = now + TimeDelta::days(days);
    sqlx::query(
        "insert into identity.invitation (id, token_hash, department_id, created_by, created_at, expires_at, max_uses)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(token.hash())
    .bind(input.department_id)
    .bind(by.id())
    .bind(now)
    .bind(expires_at)
    .bind(max_uses)
    .execute(tx.db())
    .await?;
    let administrators = onlookers(tx, Some(by.id())).await?;
    tx.emit(&InvitationCreated { invitation: id, administrators })?;
    let token = token.text();
    let url = format!("{}/join/{token}", tx.app().settings().public_url);
    Ok(CreatedInvitation { id, url, token, expires_at, max_uses, uses: 0, state: InvitationState::Open })
}
