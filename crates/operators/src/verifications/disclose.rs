//! Write down what was handed to an authority because the law says so (`ORG-07`).

use axum::http::StatusCode;
use kernel::{Json, OrgId, Path, Result};
use verification::RecordDisclosure;

use crate::acting::Acting;

/// Record a disclosure
///
/// The organisation reads it, and its audit log says so. Nothing takes it back; a correction is another record.
#[utoipa::path(
    post, path = "/v1/operator/organisations/{organisation}/verification/disclosures", tag = "operators",
    operation_id = "recordDisclosure", params(("organisation" = OrgId, Path)), request_body = RecordDisclosure,
    responses((status = 204, description = "Written down")),
    extensions(("x-access" = json!("operator")), ("x-errors" = json!(["operators.change_password"]))),
)]
pub async fn record_disclosure(
    acting: Acting,
    Path(organisation): Path<OrgId>,
    Json(input): Json<RecordDisclosure>,
) -> Result<StatusCode> {
    acting.record_disclosure(&organisation.to_string(), input).await?;
    Ok(StatusCode::NO_CONTENT)
}
