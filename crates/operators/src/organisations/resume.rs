//! Let an organisation go on.

use axum::http::StatusCode;
use kernel::{OrgId, Path, Result};

use crate::acting::Acting;

/// Resume an organisation
#[utoipa::path(
    post, path = "/v1/operator/organisations/{organisation}/resume", tag = "operators",
    operation_id = "resumeOrganisation", params(("organisation" = OrgId, Path)),
    responses((status = 204, description = "Open again")),
    extensions(
        ("x-access" = json!("operator")),
        ("x-errors" = json!(["hosting.not_suspended", "operators.change_password"])),
    ),
)]
pub async fn resume_organisation(acting: Acting, Path(organisation): Path<OrgId>) -> Result<StatusCode> {
    acting.resume(&organisation.to_string()).await?;
    Ok(StatusCode::NO_CONTENT)
}
