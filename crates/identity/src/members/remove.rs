//! Have somebody leave: marked and hidden now, erased after 14 days (`ACC-12`, `DEL-01`).

use axum::http::StatusCode;
use directory::{Assured, State, TurnableMember};
use kernel::{Cx, MemberId, Path, Result};

use super::shut_out::shut_out;

/// Remove a person
///
/// They are shut out and hidden at once and erased 14 days later, unless they are let in again before. One proves one's
/// password again first.
#[utoipa::path(
    post, path = "/v1/members/{member}/remove", tag = "identity", operation_id = "removeMember",
    params(("member" = MemberId, Path)),
    responses((status = 204, description = "On the way out")),
    extensions(
        ("x-access" = json!("holder of people.remove, of whoever holds no more")),
        ("x-errors" = json!([
            "forbidden", "identity.prove_again", "directory.not_active", "directory.no_such_state_change",
            "directory.last_owner", "directory.owner_needs_second"
        ])),
    ),
)]
pub async fn remove_member(cx: Cx, Path(member): Path<MemberId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let member = TurnableMember::load(&mut tx, member, State::Leaving).await?;
    Assured::load(&mut tx, cx.session).await?;
    shut_out(tx, &member, 1).await?.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
