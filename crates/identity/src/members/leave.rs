//! Go by oneself, where the organisation lets its people (`ACC-12`).

use axum::http::StatusCode;
use directory::{Assured, TurnableMember};
use kernel::{Cx, Result};

use super::shut_out::shut_out;

/// Leave the organisation
///
/// Everything one has here ends at once and is erased 14 days later, unless an administrator lets one in again before. One
/// proves one's password again first.
#[utoipa::path(
    post, path = "/v1/me/leave", tag = "identity", operation_id = "leaveOrganisation",
    responses((status = 204, description = "On the way out, and signed out")),
    extensions(
        ("x-access" = json!("member of the organisation, of oneself, where lets_people_leave says so")),
        ("x-errors" = json!([
            "forbidden", "identity.prove_again", "directory.no_such_state_change", "directory.last_owner",
            "directory.owner_needs_second"
        ])),
    ),
)]
pub async fn leave_organisation(cx: Cx) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let assured = Assured::load(&mut tx, cx.session).await?;
    let me = TurnableMember::oneself(&mut tx, &assured).await?;
    shut_out(tx, &me, 1).await?.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
