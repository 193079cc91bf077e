//! Shut somebody out for a period, after which they leave (`ACC-11`, `DEL-02`).

use axum::http::StatusCode;
use directory::{State, TurnableMember};
use kernel::{Cx, Json, MemberId, Path, Result};
use serde::Deserialize;
use utoipa::ToSchema;

use super::shut_out::shut_out;

/// For how long.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisableMember {
    /// Months of the calendar where the organisation is, 1 to 12; 1 when absent.
    pub months: Option<u32>,
}

/// Disable a person
///
/// They are shut out at once, as by `suspendMember`. When the period is over they leave, unless they are let in again before.
#[utoipa::path(
    post, path = "/v1/members/{member}/disable", tag = "identity", operation_id = "disableMember",
    params(("member" = MemberId, Path)), request_body = DisableMember,
    responses((status = 204, description = "Shut out")),
    extensions(
        ("x-access" = json!("holder of people.remove, of whoever holds no more")),
        ("x-errors" = json!([
            "forbidden", "directory.not_active", "directory.no_such_state_change", "directory.last_owner",
            "directory.owner_needs_second"
        ])),
    ),
)]
pub async fn disable_member(
    cx: Cx,
    Path(member): Path<MemberId>,
    Json(input): Json<DisableMember>,
) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let member = TurnableMember::load(&mut tx, member, State::Disabled).await?;
    shut_out(tx, &member, input.months.unwrap_or(1)).await?.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
