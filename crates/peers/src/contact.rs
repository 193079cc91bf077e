//! Say whom a peer sees of this organisation.

use directory::Edition;
use kernel::{Cx, Error, Json, OrgId, Path, Result, Tx};

use crate::accept::ShowToPeer;
use crate::across;
use crate::connection;
use crate::list::{Peers, answered};
use crate::model::{PeerContact, PeerState};
use crate::policy::PeerManager;

/// Set whom a peer sees
#[utoipa::path(
    put, path = "/v1/peers/{peer}/contact", tag = "peers", operation_id = "setPeerContact",
    params(
        ("peer" = OrgId, Path),
        ("If-Match" = String, Header, description = "the connection that was seen")
    ),
    request_body = ShowToPeer,
    responses((status = 200, body = Peers)),
    extensions(
        ("x-access" = json!("holder of peers.manage")),
        ("x-application" = json!("peers")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn set_peer_contact(
    cx: Cx,
    Path(peer): Path<OrgId>,
    edition: Edition,
    Json(input): Json<ShowToPeer>,
) -> Result<Json<Peers>> {
    let mut tx = cx.begin().await?;
    let by = PeerManager::load(&mut tx).await?;
    show(&mut tx, &by, (peer, &edition), input.contact).await?;
    tx.commit().await?;
    answered(&cx).await
}

/// Writes it on this side: the other one looks here whenever it asks.
pub async fn show(
    tx: &mut Tx,
    _by: &PeerManager,
    (peer, edition): (OrgId, &Edition),
    contact: Option<PeerContact>,
) -> Result<()> {
    let contact = match contact {
        Some(contact) => Some(contact.checked(tx).await?),
        None => None,
    };
    across::hold(tx).await?;
    let connection = connection::one(tx, peer).await?.ok_or(Error::NotFound("peer"))?;
    edition.check(connection.revision)?;
    if !matches!(connection.state, PeerState::Asked | PeerState::Connected) {
        return Err(Error::NotFound("peer"));
    }
    connection::show_contact(tx, peer, contact).await
}
