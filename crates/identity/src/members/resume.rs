//! Let somebody in again.

use axum::http::StatusCode;
use directory::{ResumableMember, State};
use kernel::{Cx, MemberId, Path, Result, SystemTx, Tx};

use crate::sessions::revocation;

/// Let a suspended person in again
#[utoipa::path(
    post, path = "/v1/members/{member}/resume", tag = "identity", operation_id = "resumeMember",
    params(("member" = MemberId, Path)),
    responses((status = 204, description = "They may sign in again")),
    extensions(
        ("x-access" = json!("holder of people.suspend, of whoever holds no more")),
        ("x-errors" = json!(["forbidden", "directory.not_suspended", "directory.no_such_state_change"])),
    ),
)]
pub async fn resume_member(cx: Cx, Path(member): Path<MemberId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let member = ResumableMember::load(&mut tx, member).await?;
    resume(tx, &member).await?.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets the member into the organisation of `tx` again.
pub async fn resume(mut tx: Tx, member: &ResumableMember) -> Result<SystemTx> {
    let org = tx.org();
    directory::set_state(&mut tx, member.id(), State::Active).await?;
    let mut tx = tx.leave().await?;
    revocation::let_in(&mut tx, org, member.id()).await?;
    Ok(tx)
}
