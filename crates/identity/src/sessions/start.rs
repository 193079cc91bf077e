//! A session begins: a token for the browser, a hash for us, and the device is known from here on.

use chrono::TimeDelta;
use kernel::{AccountId, Result, SessionId, SystemTx};

use crate::device::Device;
use crate::secrets;

/// A session that is remembered ends when it has not been used for so long.
pub const REMEMBERED: TimeDelta = privacy::periods::SIGNED_IN;
/// One that is not.
pub const NOT_REMEMBERED: TimeDelta = privacy::periods::SIGNED_IN_BRIEFLY;

/// Whether a session outlives the browser's closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// As long as it is used every month.
    Remembered,
    /// No.
    UntilClosed,
}

impl From<bool> for Memory {
    fn from(is_remembered: bool) -> Self {
        if is_remembered { Self::Remembered } else { Self::UntilClosed }
    }
}

/// What only the caller of a successful sign-in learns.
pub struct Started {
    pub session: SessionId,
    pub account: AccountId,
    /// The one time that it is outside the browser.
    pub token: String,
    pub device_token: Vec<u8>,
    pub is_remembered: bool,
    /// The account has signed in before, but never from here.
    pub is_new_device: bool,
}

/// How long a session lives from now on, unless it is used.
pub fn idle_time(is_remembered: bool) -> TimeDelta {
    if is_remembered { REMEMBERED } else { NOT_REMEMBERED }
}

/// Begins a session of `account` on `device`.
pub async fn start(tx: &mut SystemTx, account: AccountId, device: &Device, memory: Memory) -> Result<Started> {
    let is_remembered = memory == Memory::Remembered;
    let app = tx.app().clone();
    let (id, now, token) = (SessionId(tx.new_id()), tx.now(), app.random::<{ secrets::TOKEN }>());
    let (device_token, is_new_device) = know(tx, account, device).await?;
    let sealed = device.seal(&app, account, id.0)?;
    sqlx::query(
        "insert into identity.session
             (id, account_id, token_hash, is_remembered, device, address, created_at, last_seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7, $8)",
    )
    .bind(id)
    .bind(account)
    .bind(secrets::sha256(&token).as_slice())
    .bind(is_remembered)
    .bind(sealed.device)
    .bind(sealed.address)
    .bind(now)
    .bind(now + idle_time(is_remembered))
    .execute(tx.db())
    .await?;
    let token = secrets::encode(&token);
    Ok(Started { session: id, account, token, device_token, is_remembered, is_new_device })
}

/// Remembers the device for the account and says whether that is news. A token that no account of ours has been seen
/// with is replaced: somebody else may have put it there.
async fn know(tx: &mut SystemTx, account: AccountId, device: &Device) -> Result<(Vec<u8>, bool)> {
    let (hash, now) = (device.hash(), tx.now());
    let (has_any, is_ours, is_anyones): (bool, bool, bool) = sqlx::query_as(
        "select exists (select from identity.known_device where account_id = $1),
                exists (select from identity.known_device where account_id = $1 and token_hash = $2),
                exists (select from identity.known_device where token_hash = $2)",
    )
    .bind(account)
    .bind(hash.as_slice())
    .fetch_one(tx.db())
    .await?;
    let token = match &device.token {
        Some(token) if is_anyones => token.clone(),
        _ => tx.app().random::<{ secrets::TOKEN }>().to_vec(),
    };
    sqlx::query(
        "insert into identity.known_device (account_id, token_hash, seen_at) values ($1, $2, $3)
         on conflict (account_id, token_hash) do update set seen_at = excluded.seen_at",
    )
    .bind(account)
    .bind(secrets::sha256(&token).as_slice())
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok((token, has_any && !is_ours))
}

/// Whether the account has signed in from this device before.
pub async fn is_known(tx: &mut SystemTx, account: AccountId, device: &Device) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (select from identity.known_device where account_id = $1 and token_hash = $2)",
    )
    .bind(account)
    .bind(device.hash().as_slice())
    .fetch_one(tx.db())
    .await?)
}
