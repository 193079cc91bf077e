//! What the operator does on the server's own machine.

use anyhow::anyhow;
use directory::Role;
use kernel::{Actor, App, Error, Result, SystemTx};

use crate::members::initial_password;

/// Gives the owner of an organisation, named by slug or id, a one-time password: for the last owner who forgot theirs.
///
/// The oldest active owner, when there are several.
pub async fn reset_owner_password(app: &App, organisation: &str) -> Result<String> {
    let mut tx = SystemTx::begin(app).await?;
    let org = directory::org_by_slug_or_id(&mut tx, organisation).await?.ok_or(Error::NotFound("organisation"))?;
    let mut tx = tx.enter(org, Actor::Operator).await?;
    let mut owner = None;
    for member in directory::administrators(&mut tx).await? {
        if owner.is_none() && directory::standing(&mut tx, member).await?.role == Role::Owner {
            owner = Some(member);
        }
    }
    let owner = owner.ok_or_else(|| Error::Internal(anyhow!("the organisation has no active owner")))?;
    let account = directory::person(&mut tx, owner).await?.account;
    let (tx, initial) = initial_password::set(tx, owner, account).await?;
    tx.commit().await?;
    Ok(initial.password)
}
