//! Say how much an organisation may have.

use axum::http::StatusCode;
use directory::Edition;
use hosting::Limits;
use kernel::{Json, OrgId, Path, Result};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::acting::Acting;

/// Both limits; `null` takes one away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitOrganisation {
    /// People who are not erased; at least 1.
    #[schema(required)]
    pub most_people: Option<i32>,
    /// Bytes of its files.
    #[schema(required)]
    pub most_bytes: Option<i64>,
}

/// Limit an organisation
///
/// Less than there is takes nothing away: it refuses more.
#[utoipa::path(
    put, path = "/v1/operator/organisations/{organisation}/limits", tag = "operators",
    operation_id = "limitOrganisation",
    params(
        ("organisation" = OrgId, Path),
        ("If-Match" = String, Header, description = "the revision of the limits that are changed")
    ),
    request_body = LimitOrganisation,
    responses((status = 204, description = "In force")),
    extensions(
        ("x-access" = json!("operator")),
        ("x-errors" = json!(["operators.change_password", "directory.changed_meanwhile"])),
    ),
)]
pub async fn limit_organisation(
    acting: Acting,
    Path(organisation): Path<OrgId>,
    seen: Edition,
    Json(input): Json<LimitOrganisation>,
) -> Result<StatusCode> {
    let LimitOrganisation { most_people, most_bytes } = input;
    acting.limit(&organisation.to_string(), &seen, Limits { most_people, most_bytes }).await?;
    Ok(StatusCode::NO_CONTENT)
}
