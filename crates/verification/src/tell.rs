//! Whoever may ask hears what became of it, and what else the operator did.

use directory::Permission;
use inbox::{Kind, New, Target};
use kernel::{Result, Tx};
use uuid::Uuid;

const REQUEST: &str = "verification.request";

/// Tells everybody who holds `organisation.edit`.
pub async fn tell(tx: &mut Tx, (kind, id): (&str, Uuid), text: &str) -> Result<()> {
    let readers = directory::holders(tx, Permission::OrganisationEdit).await?;
    let target = Some(Target { kind: kind.into(), id, seq: None });
    inbox::notify(tx, &readers, New { kind: Kind::System, target, actor: None, text: text.into() }).await
}

/// The same, of where the organisation stands.
pub async fn tell_standing(tx: &mut Tx, text: &str) -> Result<()> {
    let org = tx.org().0;
    tell(tx, (REQUEST, org), text).await
}
