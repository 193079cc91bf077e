//! Sign out: here, on another device, or on all others.

use axum::http::{HeaderMap, StatusCode};
use kernel::{Error, Path, Result, SessionId, SignedIn, SystemTx};

use super::cookies;
use super::revocation::{self, Why};
use crate::events::SessionEnded;

/// Sign out on this device
#[utoipa::path(
    delete, path = "/v1/session", tag = "identity", operation_id = "signOut",
    responses((status = 204, description = "Signed out")),
    extensions(("x-access" = json!("signed in, of oneself")), ("x-errors" = json!(["not_found"]))),
)]
pub async fn sign_out(caller: SignedIn) -> Result<(StatusCode, HeaderMap)> {
    end(&caller, caller.caller.session, Why::SignedOut).await?;
    Ok((StatusCode::NO_CONTENT, cookies::clear(caller.app())?))
}

/// Sign out on one device
#[utoipa::path(
    delete, path = "/v1/sessions/{session}", tag = "identity", operation_id = "endSession",
    params(("session" = SessionId, Path)),
    responses((status = 204, description = "Ended; its windows close at once")),
    extensions(("x-access" = json!("signed in, of oneself"))),
)]
pub async fn end_session(caller: SignedIn, Path(session): Path<SessionId>) -> Result<StatusCode> {
    end(&caller, session, Why::Revoked).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out on every other device
#[utoipa::path(
    delete, path = "/v1/sessions", tag = "identity", operation_id = "endOtherSessions",
    responses((status = 204, description = "Ended; their windows close at once")),
    extensions(("x-access" = json!("signed in, of oneself"))),
)]
pub async fn end_other_sessions(caller: SignedIn) -> Result<StatusCode> {
    let mut tx = SystemTx::begin(caller.app()).await?;
    let (account, this) = (caller.caller.account, caller.caller.session);
    let sessions = revocation::end_sessions(&mut tx, account, Some(this), Why::Revoked).await?;
    crate::tell(tx, &caller.caller, |member, tx| {
        if sessions.is_empty() { Ok(()) } else { tx.emit(&SessionEnded { member, sessions }) }
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end(caller: &SignedIn, session: SessionId, why: Why) -> Result<()> {
    let mut tx = SystemTx::begin(caller.app()).await?;
    if !revocation::end_session(&mut tx, caller.caller.account, session, why).await? {
        return Err(Error::NotFound("session"));
    }
    crate::tell(tx, &caller.caller, |member, tx| tx.emit(&SessionEnded { member, sessions: vec![session] })).await
}
