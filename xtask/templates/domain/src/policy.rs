//! Who may do what here: keys that only this file can cut.

use directory::State;
use kernel::{Error, MemberId, Result, Tx};

/// Somebody who may read and add entries.
pub struct Contributor(MemberId);

impl Contributor {
    /// Every active member reads and adds entries.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let member = tx.member()?;
        match directory::member_state(tx, member).await? {
            State::Active => Ok(Self(member)),
            _ => Err(Error::Forbidden),
        }
    }

    /// Who.
    pub fn id(&self) -> MemberId {
        self.0
    }
}
