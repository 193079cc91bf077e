//! Shut an organisation.

use axum::http::StatusCode;
use kernel::{Json, OrgId, Path, Result};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::acting::Acting;

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspendOrganisation {
    /// For operators; at most 500 characters.
    pub reason: String,
}

/// Suspend an organisation
///
/// Whatever its people and programs have open ends at once; nothing is deleted. Other organisations of the same people go on.
#[utoipa::path(
    post, path = "/v1/operator/organisations/{organisation}/suspend", tag = "operators",
    operation_id = "suspendOrganisation", params(("organisation" = OrgId, Path)), request_body = SuspendOrganisation,
    responses((status = 204, description = "Shut")),
    extensions(
        ("x-access" = json!("operator")),
        ("x-errors" = json!(["hosting.suspended_already", "operators.change_password"])),
    ),
)]
pub async fn suspend_organisation(
    acting: Acting,
    Path(organisation): Path<OrgId>,
    Json(input): Json<SuspendOrganisation>,
) -> Result<StatusCode> {
    acting.suspend(&organisation.to_string(), &input.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
