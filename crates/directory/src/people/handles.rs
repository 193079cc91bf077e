//! Phone numbers and e-mail addresses one can sign in with: they follow the profile, in the same transaction.
//!
//! Of the whole installation, and kept as look-up codes only. A handle belongs to one account; it stays as long as the
//! profile of that account in some organisation names it.

use kernel::{AccountId, Error, MemberId, Result, SystemTx, Tx};
use texts::contact;

/// A way to name oneself at sign-in that is unique in the installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HandleKind {
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
}

impl HandleKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
        }
    }

    pub(crate) fn look_up_kind(self) -> &'static str {
        match self {
            Self::Phone => "directory.handle.phone",
            Self::Email => "directory.handle.email",
        }
    }

    pub(crate) fn taken(self) -> Error {
        match self {
            Self::Phone => Error::Conflict("directory.phone_taken"),
            Self::Email => Error::Conflict("directory.email_taken"),
        }
    }
}

/// The account that signs in with this phone number or e-mail address, however it is written (`ACC-01`).
pub async fn account_of_handle(tx: &mut SystemTx, kind: HandleKind, value: &str) -> Result<Option<AccountId>> {
    let values = match kind {
        HandleKind::Phone => contact::phones(value),
        HandleKind::Email => contact::email(value).into_iter().collect(),
    };
    let vault = tx.app().vault();
    let codes: Vec<Vec<u8>> =
        values.iter().map(|value| vault.lookup(kind.look_up_kind(), None, value).to_vec()).collect();
    let accounts: Vec<AccountId> =
        sqlx::query_scalar("select distinct account_id from directory.handle where kind = $1 and hmac = any($2)")
            .bind(kind.as_str())
            .bind(codes)
            .fetch_all(tx.db())
            .await?;
    // A number without country code that two people could mean names neither of them.
    Ok(if let [account] = accounts[..] { Some(account) } else { None })
}

/// Makes `value` (in its kept form) the handle of this kind that the member's profile brings; `None` takes it away.
///
/// A handle that belongs to another account is refused with `directory.phone_taken` or `directory.email_taken`.
pub async fn set_handle(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    kind: HandleKind,
    value: Option<&str>,
) -> Result<()> {
    let (org, now) = (tx.org(), tx.now());
    let code = value.map(|value| tx.app().vault().lookup(kind.look_up_kind(), None, value).to_vec());
    let old: Option<Vec<u8>> = sqlx::query_scalar(
        "delete from directory.handle_source
         where org_id = $1 and member_id = $2 and kind = $3 and hmac is distinct from $4 returning hmac",
    )
    .bind(org)
    .bind(member)
    .bind(kind.as_str())
    .bind(&code)
    .fetch_optional(tx.db())
    .await?;
    if let Some(old) = old {
        drop_if_unused(tx, kind, &old).await?;
    }
    let Some(code) = code else { return Ok(()) };
    let holder: AccountId = sqlx::query_scalar(
        "insert into directory.handle as h (kind, hmac, account_id, created_at) values ($1, $2, $3, $4)
         on conflict (kind, hmac) do update set account_id = h.account_id returning account_id",
    )
    .bind(kind.as_str())
    .bind(&code)
    .bind(account)
    .bind(now)
    .fetch_one(tx.db())
    .await?;
    if holder != account {
        return Err(kind.taken());
    }
    sqlx::query(
        "insert into directory.handle_source (org_id, member_id, kind, hmac) values ($1, $2, $3, $4)
         on conflict (org_id, member_id, kind) do nothing",
    )
    .bind(org)
    .bind(member)
    .bind(kind.as_str())
    .bind(code)
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn drop_if_unused(tx: &mut Tx, kind: HandleKind, code: &[u8]) -> Result<()> {
    sqlx::query(
        "delete from directory.handle h where h.kind = $1 and h.hmac = $2
         and not exists (select from directory.handle_source s where s.kind = h.kind and s.hmac = h.hmac)",
    )
    .bind(kind.as_str())
    .bind(code)
    .execute(tx.db())
    .await?;
    Ok(())
}
