//! See the peers, and those who are to be.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Cx, Json, OrgId, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::across::{self, Seen, Standing};
use crate::connection::{self, Connection};
use crate::model::{PeerContact, PeerState};
use crate::policy::PeerManager;

/// Whoever was declined asks again after this; until then it is shown that they were.
pub const WAIT: TimeDelta = TimeDelta::days(30);

/// The peers of the organisation.
#[derive(Serialize, ToSchema)]
pub struct Peers {
    /// At most a hundred and those that declined.
    pub items: Vec<Peer>,
    /// Whether this organisation is verified and can ask and accept.
    pub is_verified: bool,
}

/// A peer, or an organisation that is to be one.
#[derive(Serialize, ToSchema)]
pub struct Peer {
    /// Which.
    pub id: OrgId,
    /// The name to show; its short name when it is gone.
    pub name: String,
    /// The Chinese name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    /// The English name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// Whether whoever runs the installation has seen that it is what it says.
    pub is_verified: bool,
    /// Where it stands, from this side.
    pub state: PeerState,
    /// Connected, and gives nothing just now: one of the two is not verified, shut or gone.
    pub is_at_rest: bool,
    /// Since when it stands so.
    pub changed_at: DateTime<Utc>,
    /// Whom it shows; of a connection that is not at rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<PeerContact>,
    /// Whom this organisation shows to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_contact: Option<PeerContact>,
    /// Changes with every change: what `If-Match` names.
    pub revision: i64,
}

/// List the peer organisations
#[utoipa::path(
    get, path = "/v1/peers", tag = "peers", operation_id = "listPeers",
    responses((status = 200, body = Peers)),
    extensions(
        ("x-access" = json!("holder of peers.manage")),
        ("x-application" = json!("peers")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn list_peers(cx: Cx) -> Result<Json<Peers>> {
    let mut tx = cx.begin().await?;
    PeerManager::load(&mut tx).await?;
    let (tx, peers) = shown(tx).await?;
    tx.commit().await?;
    Ok(Json(peers))
}

/// The same for whoever has just changed one. A transaction of its own: the change holds back the events of both organisations
/// until it is committed, and a hundred peers take a while to look at.
pub async fn answered(cx: &Cx) -> Result<Json<Peers>> {
    let (tx, peers) = shown(cx.begin().await?).await?;
    tx.commit().await?;
    Ok(Json(peers))
}

/// All of them, as one who manages them sees them.
async fn shown(mut tx: Tx) -> Result<(Tx, Peers)> {
    let own = Standing::of(&mut tx).await?;
    let now = tx.now();
    let mut connections = connection::all(&mut tx).await?;
    connections.retain(|one| one.state != PeerState::Declined || one.changed_at + WAIT > now);
    let mut items = Vec::with_capacity(connections.len());
    for connection in connections {
        let own_contact = connection.contact(&tx)?;
        let seen;
        (tx, seen) = across::look(tx, connection.peer_id).await?;
        items.push(Peer { own_contact, ..peer(connection, own, seen) });
    }
    Ok((tx, Peers { items, is_verified: own.is_fit() }))
}

fn peer(connection: Connection, own: Standing, seen: Option<Seen>) -> Peer {
    let Connection { peer_id: id, slug, state, changed_at, revision, .. } = connection;
    let is_live = own.is_fit() && seen.as_ref().is_some_and(Seen::is_live);
    let is_verified = seen.as_ref().is_some_and(|seen| seen.standing.is_verified);
    let (name, name_zh, name_en) = match &seen {
        Some(seen) => (seen.name.clone(), seen.name_zh.clone(), seen.name_en.clone()),
        None => (slug, None, None),
    };
    let is_at_rest = state == PeerState::Connected && !is_live;
    let contact = seen.filter(|_| is_live).and_then(Seen::contact);
    Peer {
        id,
        name,
        name_zh,
        name_en,
        is_verified,
        state,
        is_at_rest,
        changed_at,
        contact,
        own_contact: None,
        revision,
    }
}
