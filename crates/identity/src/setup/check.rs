//! See whether the set-up code is right and what was filled in so far would be taken, before going on to the next step.

use axum::http::{HeaderMap, StatusCode};
use kernel::{Json, Result, Visitor};
use serde::Deserialize;
use utoipa::ToSchema;

use super::claim::{self, SetUpAdministrator, SetUpOrganisation};
use super::code;
use crate::device::Device;

/// What has been filled in so far.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckSetUp {
    /// What the server printed. Case, spaces and dashes do not matter.
    pub code: String,
    /// The organisation.
    pub organisation: Option<SetUpOrganisation>,
    /// Its first owner; looked at once there is an organisation.
    pub administrator: Option<SetUpAdministrator>,
}

/// Check what was filled in
///
/// A wrong code is refused with `identity.setup_code_wrong`; nothing is used up and nothing is kept.
#[utoipa::path(
    post, path = "/v1/setup/check", tag = "identity", operation_id = "checkSetUp", request_body = CheckSetUp,
    responses((status = 204, description = "It would be taken")),
    extensions(
        ("x-access" = json!("anybody")), ("x-rate" = json!("sign_in")),
        ("x-errors" = json!(["identity.setup_code_wrong"])),
    ),
)]
pub async fn check_set_up(visitor: Visitor, headers: HeaderMap, Json(input): Json<CheckSetUp>) -> Result<StatusCode> {
    let app = visitor.app();
    code::check(app, &Device::of(&visitor, &headers), &input.code).await?;
    if let Some(organisation) = &input.organisation {
        claim::check(&visitor, organisation, input.administrator.as_ref()).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
