//! See who may speak with peers.

use axum::http::HeaderMap;
use directory::{Principal, edition_tag};
use kernel::{Cx, Json, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use super::stored;
use crate::policy::PeerManager;

/// Who may speak with peers.
#[derive(Serialize, ToSchema)]
pub struct PeerSpeakers {
    /// Everyone, departments with what lies below them, groups of people, single people; nobody without any.
    pub speakers: Vec<Principal>,
    /// Changes with every change: what `If-Match` names.
    pub revision: i64,
}

/// Show who may speak with peers
#[utoipa::path(
    get, path = "/v1/peer-speakers", tag = "peers", operation_id = "showPeerSpeakers",
    responses((status = 200, body = PeerSpeakers)),
    extensions(
        ("x-access" = json!("holder of peers.manage")),
        ("x-application" = json!("peers")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn show_peer_speakers(cx: Cx) -> Result<(HeaderMap, Json<PeerSpeakers>)> {
    let mut tx = cx.begin().await?;
    PeerManager::load(&mut tx).await?;
    let shown = shown(&mut tx).await?;
    tx.commit().await?;
    Ok(shown)
}

/// The list, with its `ETag`.
pub async fn shown(tx: &mut Tx) -> Result<(HeaderMap, Json<PeerSpeakers>)> {
    let list = PeerSpeakers { speakers: stored::load(tx).await?, revision: stored::revision(tx).await? };
    Ok((edition_tag(list.revision), Json(list)))
}
