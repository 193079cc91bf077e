//! End a connection, take a request back, or decline one: whichever it is.

use axum::http::StatusCode;
use directory::Edition;
use kernel::{Cx, Error, OrgId, Path, Result, Tx};

use crate::across;
use crate::connection::{self, Step};
use crate::model::PeerState;
use crate::policy::PeerManager;

/// End a connection
///
/// Also takes a request back, and declines one: whoever was declined can ask again after thirty days.
#[utoipa::path(
    delete, path = "/v1/peers/{peer}", tag = "peers", operation_id = "endPeer",
    params(
        ("peer" = OrgId, Path),
        ("If-Match" = String, Header, description = "the connection that was seen")
    ),
    responses((status = 204, description = "It is over; also while the list is out of sight")),
    extensions(
        ("x-access" = json!("holder of peers.manage")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn end_peer(cx: Cx, Path(peer): Path<OrgId>, edition: Edition) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let by = PeerManager::load(&mut tx).await?;
    let tx = end(tx, &by, (peer, &edition)).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends it on both sides. That one was declined stays with whoever asked, so that nobody asks every day.
pub async fn end(mut tx: Tx, _by: &PeerManager, (peer, edition): (OrgId, &Edition)) -> Result<Tx> {
    across::hold(&mut tx).await?;
    let not_found = || Error::NotFound("peer");
    let connection = connection::one(&mut tx, peer).await?.ok_or_else(not_found)?;
    edition.check(connection.revision)?;
    let theirs = match connection.state {
        PeerState::Received => Step::Turn(PeerState::Declined),
        PeerState::Asked | PeerState::Connected => Step::End,
        PeerState::Declined => return Err(not_found()),
    };
    across::take(tx, peer, Step::End, theirs).await
}
