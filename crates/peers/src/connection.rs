//! One side of a connection, as the database of that side holds it.

use chrono::{DateTime, Utc};
use kernel::{OrgId, Result, Tx};

use crate::events::{ConnectionChanged, ContactChanged, PeersChanged};
use crate::model::{PeerContact, PeerState};

/// More nobody looks after.
pub const MOST: i64 = 100;

/// A connection, from the side of the organisation of `tx`.
#[derive(sqlx::FromRow)]
pub struct Connection {
    /// With whom.
    pub peer_id: OrgId,
    /// What they were called in addresses.
    pub slug: String,
    /// Where it stands.
    pub state: PeerState,
    contact: Option<Vec<u8>>,
    /// Since when it stands so.
    pub changed_at: DateTime<Utc>,
    /// Which writing of it.
    pub revision: i64,
}

impl Connection {
    /// Whom this side shows; `tx` is in this side's organisation.
    pub fn contact(&self, tx: &Tx) -> Result<Option<PeerContact>> {
        self.contact.as_deref().map(|sealed| PeerContact::open(tx, self.peer_id, sealed)).transpose()
    }
}

/// All of them.
pub async fn all(tx: &mut Tx) -> Result<Vec<Connection>> {
    const ALL: &str =
        "select peer_id, slug, state, contact, changed_at, revision from peers.connection order by peer_id";
    Ok(sqlx::query_as(ALL).fetch_all(tx.db()).await?)
}

/// The one with this peer.
pub async fn one(tx: &mut Tx, peer: OrgId) -> Result<Option<Connection>> {
    const ONE: &str =
        "select peer_id, slug, state, contact, changed_at, revision from peers.connection where peer_id = $1";
    Ok(sqlx::query_as(ONE).bind(peer).fetch_optional(tx.db()).await?)
}

/// Whether there may be one more.
pub async fn has_room(tx: &mut Tx) -> Result<bool> {
    const COUNT: &str = "select count(*) from peers.connection where state <> 'declined'";
    Ok(sqlx::query_scalar::<_, i64>(COUNT).fetch_one(tx.db()).await? < MOST)
}

/// What becomes of one side.
pub enum Step {
    /// It begins, with a peer that is called so in addresses.
    Begin(String, PeerState),
    /// It goes on differently.
    Turn(PeerState),
    /// It is over.
    End,
}

impl Step {
    /// Where the side stands then.
    pub fn after(&self) -> Option<PeerState> {
        match self {
            Self::Begin(_, state) | Self::Turn(state) => Some(*state),
            Self::End => None,
        }
    }
}

/// Takes the step on the side of the organisation of `tx`, says so, and gives where it stood. Silent when a connection goes on
/// or ends that is not there.
pub async fn take(tx: &mut Tx, peer: OrgId, step: Step) -> Result<Option<PeerState>> {
    const BEGIN: &str = "insert into peers.connection (peer_id, slug, state, changed_at, revision)
         values ($1, $2, $3, $4, $5) on conflict on constraint connection_pkey do update
         set slug = $2, state = $3, contact = null, changed_at = $4, revision = $5";
    // Whoever was declined shows nobody: what was to be seen once they are connected has no purpose any more.
    const TURN: &str = "update peers.connection set state = $2, changed_at = $3, revision = $4,
         contact = case when $2 = 'declined' then null else contact end where peer_id = $1";
    let (before, now) = (one(tx, peer).await?.map(|connection| connection.state), tx.now());
    let after = match step {
        Step::Begin(slug, state) => {
            let query = sqlx::query(BEGIN).bind(peer).bind(slug).bind(state).bind(now);
            query.bind(now.timestamp_micros()).execute(tx.db()).await?;
            Some(state)
        }
        Step::Turn(state) => {
            let query = sqlx::query(TURN).bind(peer).bind(state).bind(now).bind(now.timestamp_micros());
            query.execute(tx.db()).await?;
            before.and(Some(state))
        }
        Step::End => {
            sqlx::query("delete from peers.connection where peer_id = $1").bind(peer).execute(tx.db()).await?;
            None
        }
    };
    if before != after {
        tx.emit(&PeersChanged {})?;
        tx.emit(&ConnectionChanged { peer, before, after })?;
    }
    Ok(before)
}

/// Shows the peer this contact from now on, or none; silent when it is so already.
pub async fn show_contact(tx: &mut Tx, peer: OrgId, contact: Option<PeerContact>) -> Result<()> {
    let Some(connection) = one(tx, peer).await? else { return Ok(()) };
    if connection.contact(tx)? == contact {
        return Ok(());
    }
    let (now, sealed) = (tx.now(), contact.as_ref().map(|contact| contact.seal(tx, peer)).transpose()?);
    // Written twice at one instant it is still another writing.
    let revision = now.timestamp_micros().max(connection.revision + 1);
    sqlx::query("update peers.connection set contact = $2, revision = $3 where peer_id = $1")
        .bind(peer)
        .bind(sealed)
        .bind(revision)
        .execute(tx.db())
        .await?;
    tx.emit(&PeersChanged {})?;
    tx.emit(&ContactChanged { peer, is_shown: contact.is_some() })
}
