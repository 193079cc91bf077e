//! See what an organisation says it is, and what it shows for it.

use axum::http::HeaderMap;
use directory::edition_tag;
use kernel::{Json, OrgId, Path, Result};
use verification::Asked;

use crate::acting::Acting;

/// Show a request to be verified
#[utoipa::path(
    get, path = "/v1/operator/organisations/{organisation}/verification", tag = "operators",
    operation_id = "showVerificationRequest", params(("organisation" = OrgId, Path)),
    responses((status = 200, body = Asked)),
    extensions(("x-access" = json!("operator")), ("x-errors" = json!(["operators.change_password"]))),
)]
pub async fn show_verification_request(
    acting: Acting,
    Path(organisation): Path<OrgId>,
) -> Result<(HeaderMap, Json<Asked>)> {
    let asked = acting.asked(&organisation.to_string()).await?;
    Ok((edition_tag(asked.revision), Json(asked)))
}
