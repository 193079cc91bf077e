//! Say who may speak with peers (`XORG-03`).

use axum::http::HeaderMap;
use directory::{Edition, Principal, department_exists, only_active_members};
use kernel::{Cx, Error, Json, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::show::{PeerSpeakers, shown};
use super::stored;
use crate::policy::PeerManager;

/// More are better said by a department or a group.
const MOST: usize = 500;

/// Who may from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPeerSpeakers {
    /// Everyone, departments with what lies below them, groups of people, single people: at most 500; roles are none of these.
    pub speakers: Vec<Principal>,
}

/// Set who may speak with peers
#[utoipa::path(
    put, path = "/v1/peer-speakers", tag = "peers", operation_id = "setPeerSpeakers",
    params(("If-Match" = String, Header, description = "the revision that is changed")),
    request_body = SetPeerSpeakers,
    responses((status = 200, body = PeerSpeakers)),
    extensions(
        ("x-access" = json!("holder of peers.manage")),
        ("x-application" = json!("peers")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn set_peer_speakers(
    cx: Cx,
    edition: Edition,
    Json(input): Json<SetPeerSpeakers>,
) -> Result<(HeaderMap, Json<PeerSpeakers>)> {
    let mut tx = cx.begin().await?;
    let by = PeerManager::load(&mut tx).await?;
    set(&mut tx, &by, &edition, input.speakers).await?;
    let shown = shown(&mut tx).await?;
    tx.commit().await?;
    Ok(shown)
}

/// These and nobody else; silent when it is so already.
pub async fn set(tx: &mut Tx, _by: &PeerManager, edition: &Edition, mut wanted: Vec<Principal>) -> Result<()> {
    let wrong = |why| Err(Error::Invalid { field: "speakers", why });
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.len() > MOST {
        return wrong("too_many");
    }
    edition.check(stored::lock(tx).await?)?;
    let before = stored::load(tx).await?;
    let added: Vec<Principal> = wanted.iter().copied().filter(|one| !before.contains(one)).collect();
    let removed: Vec<Principal> = before.into_iter().filter(|one| !wanted.contains(one)).collect();
    for one in &added {
        if !is_known(tx, *one).await? {
            return wrong("unknown");
        }
    }
    if added.is_empty() && removed.is_empty() {
        return Ok(());
    }
    stored::write(tx, &added, &removed).await
}

/// Whether it can stand on the list, and whoever puts it there finds it.
async fn is_known(tx: &mut Tx, principal: Principal) -> Result<bool> {
    match principal {
        Principal::Department(department) => department_exists(tx, department).await,
        Principal::Member(member) => Ok(!only_active_members(tx, &[member]).await?.is_empty()),
        Principal::PeopleGroup(group) => people_groups::sees(tx, group).await,
        Principal::Everyone | Principal::Role(_) => Ok(stored::fits(principal)),
    }
}
