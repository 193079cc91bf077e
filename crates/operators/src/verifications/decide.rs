//! Decide whether an organisation is what it says (`ORG-05`).

use axum::http::StatusCode;
use directory::Edition;
use kernel::{Json, OrgId, Path, Result};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::acting::Acting;

/// Why not.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseVerification {
    /// The organisation reads it; at most 500 characters.
    pub reason: String,
}

/// Verify an organisation
#[utoipa::path(
    post, path = "/v1/operator/organisations/{organisation}/verification/verify", tag = "operators",
    operation_id = "verifyOrganisation",
    params(
        ("organisation" = OrgId, Path),
        ("If-Match" = String, Header, description = "the request that was seen")
    ),
    responses((status = 204, description = "Verified")),
    extensions(
        ("x-access" = json!("operator")),
        ("x-errors" = json!(["operators.change_password", "directory.changed_meanwhile", "verification.not_asked"])),
    ),
)]
pub async fn verify_organisation(acting: Acting, Path(organisation): Path<OrgId>, seen: Edition) -> Result<StatusCode> {
    acting.verify(&organisation.to_string(), &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refuse to verify an organisation
#[utoipa::path(
    post, path = "/v1/operator/organisations/{organisation}/verification/refuse", tag = "operators",
    operation_id = "refuseVerification",
    params(
        ("organisation" = OrgId, Path),
        ("If-Match" = String, Header, description = "the request that was seen")
    ),
    request_body = RefuseVerification,
    responses((status = 204, description = "Refused")),
    extensions(
        ("x-access" = json!("operator")),
        ("x-errors" = json!(["operators.change_password", "directory.changed_meanwhile", "verification.not_asked"])),
    ),
)]
pub async fn refuse_verification(
    acting: Acting,
    Path(organisation): Path<OrgId>,
    seen: Edition,
    Json(input): Json<RefuseVerification>,
) -> Result<StatusCode> {
    acting.refuse(&organisation.to_string(), &seen, &input.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
