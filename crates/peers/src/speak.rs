//! Speaking with peers (`XORG-03`): who may, and whom a peer shows to ask for.

use kernel::{Cx, Json, MemberId, OrgId, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::PEERS;
use crate::across::{self, Seen, Standing};
use crate::connection;
use crate::model::{PeerContact, PeerState};
use crate::policy::Speaker;
use crate::speakers;

/// The peers one may speak with.
#[derive(Serialize, ToSchema)]
pub struct PeerContacts {
    /// At most a hundred; those at rest are left out.
    pub items: Vec<PeerToSpeakWith>,
}

/// A peer one may speak with.
#[derive(Serialize, ToSchema)]
pub struct PeerToSpeakWith {
    /// Which.
    pub id: OrgId,
    /// The name to show.
    pub name: String,
    /// The Chinese name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    /// The English name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// Whom it shows to ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<PeerContact>,
}

/// Whether a member of the organisation of `tx` may speak with somebody of this peer just now: they are on the list of those who
/// may, it is not switched off for them, the two organisations are connected from both sides, and both are verified, open and have not switched it off. Whatever carries words between
/// organisations asks this, and asks it again with every word. It looks at the other side from inside, and so takes the
/// transaction and gives it back.
pub async fn may_speak_outside(mut tx: Tx, member: MemberId, peer: OrgId) -> Result<(Tx, bool)> {
    let state = connection::one(&mut tx, peer).await?.map(|connection| connection.state);
    let is_connected = state == Some(PeerState::Connected) && Standing::of(&mut tx).await?.is_fit();
    let is_speaker = is_connected
        && speakers::names(&mut tx, member).await?
        && applications::is_open_to(&mut tx, PEERS, member).await?;
    if !is_speaker {
        return Ok((tx, false));
    }
    let (tx, seen) = across::look(tx, peer).await?;
    Ok((tx, seen.is_some_and(|seen| seen.is_live())))
}

/// List the peers one may speak with
///
/// With whom each of them shows to ask for. To whoever may not speak with peers there are none.
#[utoipa::path(
    get, path = "/v1/peer-contacts", tag = "peers", operation_id = "listPeerContacts",
    responses((status = 200, body = PeerContacts)),
    extensions(
        ("x-access" = json!("member who may speak with peer organisations")),
        ("x-application" = json!("peers")),
    ),
)]
pub async fn list_peer_contacts(cx: Cx) -> Result<Json<PeerContacts>> {
    let mut tx = cx.begin().await?;
    let speaker = Speaker::load(&mut tx).await?;
    let (tx, items) = list(tx, &speaker).await?;
    tx.commit().await?;
    Ok(Json(PeerContacts { items }))
}

/// As [`may_speak_outside`] says of each, with what is the same for all of them asked once.
async fn list(mut tx: Tx, _speaker: &Speaker) -> Result<(Tx, Vec<PeerToSpeakWith>)> {
    if !Standing::of(&mut tx).await?.is_fit() {
        return Ok((tx, Vec::new()));
    }
    let mut connections = connection::all(&mut tx).await?;
    connections.retain(|one| one.state == PeerState::Connected);
    let mut items = Vec::with_capacity(connections.len());
    for connection in connections {
        let seen;
        (tx, seen) = across::look(tx, connection.peer_id).await?;
        items.extend(seen.filter(Seen::is_live).map(|seen| PeerToSpeakWith {
            id: connection.peer_id,
            name: seen.name.clone(),
            name_zh: seen.name_zh.clone(),
            name_en: seen.name_en.clone(),
            contact: seen.contact(),
        }));
    }
    Ok((tx, items))
}
