//! Ask another organisation of the installation to be a peer (`XORG-02`).

use kernel::{Cx, Error, Json, OrgId, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::across;
use crate::connection::{self, Step};
use crate::list::{Peers, WAIT, answered};
use crate::model::{PeerContact, PeerState};
use crate::policy::PeerManager;

/// Whom to ask.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskPeer {
    /// The short name under which its people sign in.
    pub slug: String,
    /// Whom to show to it once it is connected; nobody without one.
    #[serde(default)]
    pub contact: Option<PeerContact>,
}

/// Ask an organisation to be a peer
///
/// One that is not there, not verified or shut cannot be told apart from another one.
#[utoipa::path(
    post, path = "/v1/peers", tag = "peers", operation_id = "askPeer", request_body = AskPeer,
    responses((status = 200, body = Peers)),
    extensions(
        ("x-access" = json!("holder of peers.manage")), ("x-rate" = json!("heavy")),
        ("x-errors" = json!([
            "forbidden", "peers.not_verified", "peers.cannot_be_asked", "peers.asked_already", "peers.connected_already",
            "peers.declined_lately", "peers.too_many"
        ])),
        ("x-application" = json!("peers")),
    ),
)]
pub async fn ask_peer(cx: Cx, Json(input): Json<AskPeer>) -> Result<Json<Peers>> {
    let mut tx = cx.begin().await?;
    let by = PeerManager::load(&mut tx).await?;
    let tx = ask(tx, &by, input).await?;
    tx.commit().await?;
    answered(&cx).await
}

/// Asks; the other side hears of it.
pub async fn ask(mut tx: Tx, _by: &PeerManager, input: AskPeer) -> Result<Tx> {
    let AskPeer { slug, contact } = input;
    let contact = match contact {
        Some(contact) => Some(contact.checked(&mut tx).await?),
        None => None,
    };
    across::check_own(&mut tx).await?;
    across::hold(&mut tx).await?;
    let slug = slug.trim().to_lowercase();
    let (mut tx, peer) = across::find(tx, &slug).await?;
    let nobody = Error::Conflict("peers.cannot_be_asked");
    let Some(peer) = peer else { return Err(nobody) };
    check_new(&mut tx, peer).await?;
    let own_slug = directory::organisation(&mut tx).await?.slug;
    let (tx, may) = across::may_be_asked(tx, peer).await?;
    if !may {
        return Err(nobody);
    }
    let (own, theirs) = (Step::Begin(slug, PeerState::Asked), Step::Begin(own_slug, PeerState::Received));
    let mut tx = across::take(tx, peer, own, theirs).await?;
    connection::show_contact(&mut tx, peer, contact).await?;
    Ok(tx)
}

/// There is nothing with this one yet, and room for it.
async fn check_new(tx: &mut Tx, peer: OrgId) -> Result<()> {
    let now = tx.now();
    let code = match connection::one(tx, peer).await? {
        Some(one) if one.state == PeerState::Connected => "peers.connected_already",
        Some(one) if one.state == PeerState::Declined && one.changed_at + WAIT > now => "peers.declined_lately",
        Some(one) if one.state != PeerState::Declined => "peers.asked_already",
        _ if connection::has_room(tx).await? => return Ok(()),
        _ => "peers.too_many",
    };
    Err(Error::Conflict(code))
}
