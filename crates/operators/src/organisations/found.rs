//! Have a further organisation founded: by whoever will own it, with a code the operator hands over.

use axum::http::StatusCode;
use kernel::{Json, Result};
use serde::Serialize;
use utoipa::ToSchema;

use crate::acting::Acting;

/// What to hand over.
#[derive(Serialize, ToSchema)]
pub struct FoundingCode {
    /// Works once; the one before works no more.
    pub code: String,
    /// Where to type it.
    pub address: String,
}

/// Make a code to found an organisation with
#[utoipa::path(
    post, path = "/v1/operator/founding-code", tag = "operators", operation_id = "makeFoundingCode",
    responses((status = 201, description = "Shown this once", body = FoundingCode)),
    extensions(("x-access" = json!("operator")), ("x-errors" = json!(["operators.change_password"]))),
)]
pub async fn make_founding_code(acting: Acting) -> Result<(StatusCode, Json<FoundingCode>)> {
    let code = acting.founding_code().await?;
    let address = format!("{}/setup", acting.app().settings().public_url);
    Ok((StatusCode::CREATED, Json(FoundingCode { code, address })))
}
