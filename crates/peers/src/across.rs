//! Where two organisations meet. Row security keeps them apart: each side of a connection is read and written from inside its
//! own organisation only, one after the other in one transaction, and on the other side in the name of the program. What is
//! read there is what this file says, nothing else of the other organisation.

use directory::{Organisation, Permission};
use inbox::{Kind, New, Target};
use kernel::{Actor, Error, OrgId, Result, SystemTx, Tx};
use verification::Verified;

use crate::PEERS;
use crate::connection::{self, Step};
use crate::model::{PeerContact, PeerState};

/// Whether an organisation may have to do with others just now (`ORG-05`).
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Whoever runs the installation has seen that it is what it says.
    pub is_verified: bool,
    is_open: bool,
}

impl Standing {
    /// Of the organisation of `tx`.
    pub async fn of(tx: &mut Tx) -> Result<Self> {
        let org = tx.org();
        let is_closed = !hosting::closed(tx.db(), &[org]).await?.is_empty();
        let is_open = !is_closed && applications::is_open_to_anybody(tx, PEERS).await?;
        Ok(Self { is_verified: Verified::of(tx).await?.is_some(), is_open })
    }

    /// Verified, open, and it has not switched off having to do with others.
    pub fn is_fit(self) -> bool {
        self.is_verified && self.is_open
    }
}

/// `Blocked` while the organisation of `tx` is not verified itself.
pub async fn check_own(tx: &mut Tx) -> Result<()> {
    if Standing::of(tx).await?.is_fit() { Ok(()) } else { Err(Error::Blocked("peers.not_verified")) }
}

/// Nobody else on the installation changes a connection until the transaction ends: two sides that change theirs at once would
/// each wait for what the other one holds. It is rare enough for one lock.
pub async fn hold(tx: &mut Tx) -> Result<()> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('peers.connection', 0))").execute(tx.db()).await?;
    Ok(())
}

/// The other organisation that people sign in to under this short name.
pub async fn find(tx: Tx, slug: &str) -> Result<(Tx, Option<OrgId>)> {
    let Ok(slug) = texts::slug::checked(slug) else { return Ok((tx, None)) };
    let (org, actor) = (tx.org(), tx.actor());
    let mut outside: SystemTx = tx.leave().await?;
    let found = directory::org_by_slug_or_id(&mut outside, &slug).await?;
    Ok((outside.enter(org, actor).await?, found.filter(|found| *found != org)))
}

/// Whether the organisation can be asked: it is verified, open, and has not been asked by too many. Which of these it is not,
/// nobody is told.
pub async fn may_be_asked(tx: Tx, peer: OrgId) -> Result<(Tx, bool)> {
    let (org, actor) = (tx.org(), tx.actor());
    let mut there = enter(tx, peer, Actor::System).await?;
    let may = Standing::of(&mut there).await?.is_fit() && connection::has_room(&mut there).await?;
    Ok((enter(there, org, actor).await?, may))
}

/// What one side sees of the other.
pub struct Seen {
    /// The name to show.
    pub name: String,
    /// The Chinese name.
    pub name_zh: Option<String>,
    /// The English name.
    pub name_en: Option<String>,
    /// Whether it may have to do with others.
    pub standing: Standing,
    state: Option<PeerState>,
    contact: Option<PeerContact>,
}

impl Seen {
    /// Whether it is connected from its side too, and fit.
    pub fn is_live(&self) -> bool {
        self.standing.is_fit() && self.state == Some(PeerState::Connected)
    }

    /// Whether it asks, from its side.
    pub fn asks(&self) -> bool {
        self.state == Some(PeerState::Asked)
    }

    /// Whom it shows to the one who looks: nobody, unless the connection is live.
    pub fn contact(self) -> Option<PeerContact> {
        if self.is_live() { self.contact } else { None }
    }
}

/// Looks at another organisation from that of `tx`; there is nothing to see of one that is gone.
pub async fn look(tx: Tx, peer: OrgId) -> Result<(Tx, Option<Seen>)> {
    let (org, actor) = (tx.org(), tx.actor());
    let mut outside: SystemTx = tx.leave().await?;
    if directory::org_by_slug_or_id(&mut outside, &peer.to_string()).await?.is_none() {
        return Ok((outside.enter(org, actor).await?, None));
    }
    let mut there = outside.enter(peer, Actor::System).await?;
    let Organisation { name, name_zh, name_en, .. } = directory::organisation(&mut there).await?;
    let standing = Standing::of(&mut there).await?;
    let theirs = connection::one(&mut there, org).await?;
    let contact = match &theirs {
        Some(connection) => connection.contact(&there)?,
        None => None,
    };
    let seen = Seen { name, name_zh, name_en, standing, state: theirs.map(|connection| connection.state), contact };
    Ok((enter(there, org, actor).await?, Some(seen)))
}

/// Takes both steps, each in its organisation, in one transaction: a connection never stands on one side only. The one with the
/// smaller id first, as whoever writes events of several organisations does, so that none waits for another in a circle. Where the
/// other organisation is gone there is no other side, and nothing is written for it any more.
pub async fn take(tx: Tx, peer: OrgId, own: Step, theirs: Step) -> Result<Tx> {
    let (org, actor) = (tx.org(), tx.actor());
    let mut outside: SystemTx = tx.leave().await?;
    let is_there = directory::org_by_slug_or_id(&mut outside, &peer.to_string()).await?.is_some();
    let mut tx = outside.enter(org, actor).await?;
    let mut sides = vec![(org, actor, peer, own)];
    if is_there {
        sides.push((peer, Actor::System, org, theirs));
    }
    sides.sort_by_key(|(at, ..)| *at);
    for (at, by, other, step) in sides {
        tx = enter(tx, at, by).await?;
        let after = step.after();
        let before = connection::take(&mut tx, other, step).await?;
        // What waited for an answer here has one.
        inbox::retract(&mut tx, &target(other)).await?;
        if at == peer {
            tell(&mut tx, other, before, after).await?;
        }
    }
    enter(tx, org, actor).await
}

/// Whoever manages peers on the other side, and to whom they are open, hears what this side did.
async fn tell(tx: &mut Tx, other: OrgId, before: Option<PeerState>, after: Option<PeerState>) -> Result<()> {
    let text = match (before, after) {
        (_, Some(PeerState::Received)) => "peer_asked",
        (_, Some(PeerState::Connected)) => "peer_connected",
        (_, Some(PeerState::Declined)) => "peer_declined",
        (Some(PeerState::Connected), None) => "peer_ended",
        // A request that is taken back is as if it had never been.
        _ => return Ok(()),
    };
    let open = applications::reach(tx, PEERS).await?;
    let mut managers = directory::holders(tx, Permission::PeersManage).await?;
    managers.retain(|manager| open.has(*manager));
    let new = New { kind: Kind::System, target: Some(target(other)), actor: None, text: text.into() };
    inbox::notify(tx, &managers, new).await
}

/// What is told about a peer leads there.
pub fn target(peer: OrgId) -> Target {
    Target { kind: "peers.connection".into(), id: peer.0, seq: None }
}

async fn enter(tx: Tx, org: OrgId, actor: Actor) -> Result<Tx> {
    if tx.org() == org { Ok(tx) } else { tx.leave().await?.enter(org, actor).await }
}
