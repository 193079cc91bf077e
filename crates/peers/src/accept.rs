//! Accept an organisation that asks to be a peer (`XORG-02`).

use directory::Edition;
use kernel::{Cx, Error, Json, OrgId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::across;
use crate::connection::{self, Step};
use crate::list::{Peers, answered};
use crate::model::{PeerContact, PeerState};
use crate::policy::PeerManager;

/// Whom to show to a peer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowToPeer {
    /// Nobody without one: then it sees the name of the organisation only.
    #[serde(default)]
    pub contact: Option<PeerContact>,
}

/// Accept an organisation as a peer
#[utoipa::path(
    post, path = "/v1/peers/{peer}/accept", tag = "peers", operation_id = "acceptPeer",
    params(
        ("peer" = OrgId, Path),
        ("If-Match" = String, Header, description = "the request that was seen")
    ),
    request_body = ShowToPeer,
    responses((status = 200, body = Peers)),
    extensions(
        ("x-access" = json!("holder of peers.manage")),
        ("x-errors" = json!([
            "forbidden", "directory.changed_meanwhile", "peers.not_verified", "peers.not_asked", "peers.at_rest"
        ])),
        ("x-application" = json!("peers")),
    ),
)]
pub async fn accept_peer(
    cx: Cx,
    Path(peer): Path<OrgId>,
    edition: Edition,
    Json(input): Json<ShowToPeer>,
) -> Result<Json<Peers>> {
    let mut tx = cx.begin().await?;
    let by = PeerManager::load(&mut tx).await?;
    let tx = accept(tx, &by, (peer, &edition), input.contact).await?;
    tx.commit().await?;
    answered(&cx).await
}

/// Connects the two; both must be verified.
pub async fn accept(
    mut tx: Tx,
    _by: &PeerManager,
    (peer, edition): (OrgId, &Edition),
    contact: Option<PeerContact>,
) -> Result<Tx> {
    let contact = match contact {
        Some(contact) => Some(contact.checked(&mut tx).await?),
        None => None,
    };
    across::hold(&mut tx).await?;
    let connection = connection::one(&mut tx, peer).await?.ok_or(Error::NotFound("peer"))?;
    edition.check(connection.revision)?;
    if connection.state != PeerState::Received {
        return Err(Error::Conflict("peers.not_asked"));
    }
    across::check_own(&mut tx).await?;
    let (tx, seen) = across::look(tx, peer).await?;
    // What it asked may be gone on its side: it had what was kept erased.
    if !seen.is_some_and(|seen| seen.standing.is_fit() && seen.asks()) {
        return Err(Error::Conflict("peers.at_rest"));
    }
    let (own, theirs) = (Step::Turn(PeerState::Connected), Step::Turn(PeerState::Connected));
    let mut tx = across::take(tx, peer, own, theirs).await?;
    connection::show_contact(&mut tx, peer, contact).await?;
    Ok(tx)
}
