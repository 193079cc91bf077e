//! Who may do what about peers: keys that only this file can cut.

use directory::{Permission, Permitted};
use kernel::{Error, Result, Tx};

use crate::speakers;

/// Somebody who says which organisations are peers, and who speaks with them.
pub struct PeerManager(());

impl PeerManager {
    /// Who holds `peers.manage` for the whole organisation.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        Permitted::everywhere(tx, Permission::PeersManage).await?;
        Ok(Self(()))
    }
}

/// Somebody who may speak with peers.
pub struct Speaker(());

impl Speaker {
    /// Who is on the list, by themselves, by a department, by a group or with everyone. To anybody else there are no peers:
    /// `NotFound`.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let member = tx.member()?;
        if speakers::names(tx, member).await? { Ok(Self(())) } else { Err(Error::NotFound("peer")) }
    }
}
