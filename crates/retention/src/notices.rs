//! What owners are told of decisions about how long messages are kept.

use directory::Permission;
use inbox::{Kind, New, Target};
use kernel::{Result, Tx};

/// Tells everybody who owns the organisation, but whoever decided it. The text is a code of the client.
pub async fn tell_owners(tx: &mut Tx, text: &str) -> Result<()> {
    let owners = directory::holders(tx, Permission::OrganisationOwn).await?;
    let target = Target { kind: "retention.chat".into(), id: tx.org().0, seq: None };
    let new = New::by_actor(tx, Kind::System, Some(target), text.to_owned());
    inbox::notify(tx, &owners, new).await
}
