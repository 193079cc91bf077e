//! The history of sign-ins (`ACC-13`): what a person needs to notice a stolen password, for 184 days.

use kernel::{AccountId, Result, SystemTx};
use uuid::Uuid;

use crate::device::Device;
use crate::model::Outcome;

/// Writes one attempt down; for an account that is not there, the same work without a trace.
pub async fn record(
    tx: &mut SystemTx,
    account: Option<AccountId>,
    device: &Device,
    outcome: Outcome,
    is_new_device: IsNew,
) -> Result<()> {
    let account = account.unwrap_or(AccountId(Uuid::nil()));
    let (id, now) = (tx.new_id(), tx.now());
    let sealed = device.seal(&tx.app().clone(), account, id)?;
    sqlx::query(
        "insert into identity.sign_in (id, account_id, at, outcome, is_new_device, device, address)
         select $1, a.id, $3, $4, $5, $6, $7 from identity.account a where a.id = $2",
    )
    .bind(id)
    .bind(account)
    .bind(now)
    .bind(outcome)
    .bind(is_new_device == IsNew::Yes)
    .bind(sealed.device)
    .bind(sealed.address)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Whether the account has been seen with the device before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsNew {
    Yes,
    No,
}

impl From<bool> for IsNew {
    fn from(is_new: bool) -> Self {
        if is_new { Self::Yes } else { Self::No }
    }
}
