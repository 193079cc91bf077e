//! Let somebody in again.

use axum::http::StatusCode;
use directory::{State, TurnableMember};
use kernel::{Cx, MemberId, Path, Result, SystemTx, Tx};

use crate::sessions::revocation;

/// Let a person in again
///
/// Whoever is suspended, disabled or leaving works on as before.
#[utoipa::path(
    post, path = "/v1/members/{member}/resume", tag = "identity", operation_id = "resumeMember",
    params(("member" = MemberId, Path)),
    responses((status = 204, description = "They may sign in again")),
    extensions(
        ("x-access" = json!("holder of people.suspend, of whoever is suspended; of the others, people.remove")),
        ("x-errors" = json!(["forbidden", "directory.not_suspended", "directory.no_such_state_change"])),
    ),
)]
pub async fn resume_member(cx: Cx, Path(member): Path<MemberId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let member = TurnableMember::load(&mut tx, member, State::Active).await?;
    resume(tx, &member).await?.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets the member into the organisation of `tx` again.
pub async fn resume(mut tx: Tx, member: &TurnableMember) -> Result<SystemTx> {
    let org = tx.org();
    directory::turn(&mut tx, member, 1).await?;
    let mut tx = tx.leave().await?;
    revocation::let_in(&mut tx, org, member.id()).await?;
    Ok(tx)
}
