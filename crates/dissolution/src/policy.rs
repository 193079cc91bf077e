//! Who decides that an organisation ends, and that it does not.

use directory::{Permission, Permitted};
use kernel::{Result, SignedIn, Tx};

/// Somebody who owns the organisation.
pub struct Owner(());

impl Owner {
    /// Whoever holds `organisation.own`.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        Permitted::everywhere(tx, Permission::OrganisationOwn).await?;
        Ok(Self(()))
    }

    /// The same, and a transaction in their organisation, also while it is being dissolved. Whatever else must be done first
    /// still must.
    pub async fn enter(caller: &SignedIn) -> Result<(Tx, Self)> {
        hosting::check_open_to_owners(&caller.caller)?;
        let mut tx = caller.begin().await?;
        let owner = Self::load(&mut tx).await?;
        Ok((tx, owner))
    }
}
