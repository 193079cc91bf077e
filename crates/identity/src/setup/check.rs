//! See whether a set-up code is right, before filling in the rest.

use axum::http::{HeaderMap, StatusCode};
use kernel::{Json, Result, Visitor};
use serde::Deserialize;
use utoipa::ToSchema;

use super::code;
use crate::device::Device;

/// What the server printed.
#[derive(Deserialize, ToSchema)]
pub struct CheckSetupCode {
    /// Case, spaces and dashes do not matter.
    pub code: String,
}

/// Check a set-up code
///
/// A wrong one is refused with `identity.setup_code_wrong`; the code is not used up.
#[utoipa::path(
    post, path = "/v1/setup/check", tag = "identity", operation_id = "checkSetupCode", request_body = CheckSetupCode,
    responses((status = 204, description = "It is right")),
    extensions(
        ("x-access" = json!("anybody")), ("x-rate" = json!("sign_in")),
        ("x-errors" = json!(["identity.setup_code_wrong"])),
    ),
)]
pub async fn check_setup_code(
    visitor: Visitor,
    headers: HeaderMap,
    Json(input): Json<CheckSetupCode>,
) -> Result<StatusCode> {
    code::check(visitor.app(), &Device::of(&visitor, &headers), &input.code).await?;
    Ok(StatusCode::NO_CONTENT)
}
