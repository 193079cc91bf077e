//! Who may decide about which consent.

use directory::State;
use kernel::data_map::Asked;
use kernel::{Error, MemberId, Result, Tx};

/// Somebody who decides for themselves, and for nobody else.
pub struct Decider(MemberId);

impl Decider {
    /// Every active member, of themselves. A program consents for nobody.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let member = tx.member()?;
        if directory::member_state(tx, member).await? != State::Active {
            return Err(Error::Forbidden);
        }
        Ok(Self(member))
    }

    /// Who.
    pub fn id(&self) -> MemberId {
        self.0
    }
}

/// A purpose somebody decides about.
pub struct Decision {
    pub(crate) member: MemberId,
    pub(crate) purpose: String,
    pub(crate) asked: Asked,
}

impl Decision {
    /// A purpose of the data map that rests on consent; of the others nobody is asked, and there is nothing to withdraw.
    pub async fn load(tx: &mut Tx, purpose: String) -> Result<Self> {
        let member = Decider::load(tx).await?.id();
        let found = tx.app().data_map().purpose.get(&purpose).and_then(|known| known.consent.clone());
        let asked = found.ok_or(Error::NotFound("purpose"))?;
        Ok(Self { member, purpose, asked })
    }
}
