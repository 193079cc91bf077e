//! Shut somebody out at once (`ACC-10`).

use axum::http::StatusCode;
use directory::{Permission, State, TurnableMember};
use kernel::{Cx, Json, MemberId, Path, Result, SystemTx, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shut_out::shut_out;
use crate::events::AccessEnded;

/// Why; what follows differs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuspensionReason {
    /// Somebody else has the password: devices the account knew are strangers again.
    Stolen,
    /// It behaves strangely.
    Abnormal,
    /// Anything else.
    #[default]
    Other,
}

/// Why somebody is shut out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspendMember {
    /// `other` when absent.
    pub reason: Option<SuspensionReason>,
}

/// Suspend a person
///
/// Their sign-ins in this organisation end at once, open windows included; in other organisations they go on.
#[utoipa::path(
    post, path = "/v1/members/{member}/suspend", tag = "identity", operation_id = "suspendMember",
    params(("member" = MemberId, Path)), request_body = SuspendMember,
    responses((status = 204, description = "Shut out")),
    extensions(
        ("x-access" = json!("holder of people.suspend, of whoever holds no more")),
        ("x-errors" = json!([
            "forbidden", "directory.not_active", "directory.no_such_state_change", "directory.last_owner"
        ])),
    ),
)]
pub async fn suspend_member(
    cx: Cx,
    Path(member): Path<MemberId>,
    Json(input): Json<SuspendMember>,
) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let member = TurnableMember::load(&mut tx, member, State::Suspended).await?;
    suspend(tx, &member, input.reason.unwrap_or_default()).await?.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shuts the member out of the organisation of `tx`.
pub async fn suspend(mut tx: Tx, member: &TurnableMember, reason: SuspensionReason) -> Result<SystemTx> {
    let (org, id) = (tx.org(), member.id());
    let mut administrators = directory::holders(&mut tx, Permission::PeopleSuspend).await?;
    administrators.retain(|administrator| *administrator != id);
    tx.emit(&AccessEnded { member: id, reason, administrators })?;
    let mut tx = shut_out(tx, member, 1).await?;
    if reason == SuspensionReason::Stolen
        && let Some(account) = directory::account_of_member(&mut tx, org, id).await?
    {
        sqlx::query("delete from identity.known_device where account_id = $1").bind(account).execute(tx.db()).await?;
    }
    Ok(tx)
}
