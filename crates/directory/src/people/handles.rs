//! Phone numbers and e-mail addresses one can sign in with: they follow the profile, in the same transaction.
//!
//! Of the whole installation, and kept as look-up codes only. A handle belongs to one account; it stays as long as the
//! profile of that account in some organisation names it.

use std::collections::HashMap;

use kernel::{AccountId, App, MemberId, Result, SystemTx, Tx};
use lists::Field;
pub use profiles::HandleKind;
use texts::contact;

use crate::model::Profile;

/// The one that stands in this column of a list.
pub(crate) fn kind_of(field: Field) -> Option<HandleKind> {
    match field {
        Field::Phone => Some(HandleKind::Phone),
        Field::Email => Some(HandleKind::Email),
        _ => None,
    }
}

/// The account that signs in with this phone number or e-mail address, however it is written (`ACC-01`).
pub async fn account_of_handle(tx: &mut SystemTx, kind: HandleKind, value: &str) -> Result<Option<AccountId>> {
    let values = match kind {
        HandleKind::Phone => contact::phones(value),
        HandleKind::Email => contact::email(value).into_iter().collect(),
    };
    let codes: Vec<Vec<u8>> = values.iter().map(|value| code(tx.app(), kind, value)).collect();
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
    set(tx, &[NewHandle { kind, account, member, value: value.map(str::to_owned) }]).await
}

/// What one signs in with from now on, as the member's profile brings it.
pub(crate) struct NewHandle {
    pub kind: HandleKind,
    pub account: AccountId,
    pub member: MemberId,
    /// In its kept form; `None` takes it away.
    pub value: Option<String>,
}

impl NewHandle {
    /// Both kinds, as the profile says.
    pub fn of(account: AccountId, member: MemberId, profile: &Profile) -> [Self; 2] {
        let values = [(HandleKind::Phone, &profile.phone), (HandleKind::Email, &profile.email)];
        values.map(|(kind, value)| Self { kind, account, member, value: value.clone() })
    }
}

/// Takes both away, and says how many rows of which table that was: whoever erases counts them.
pub async fn forget_handles(tx: &mut Tx, account: AccountId, member: MemberId) -> Result<[(&'static str, u64); 2]> {
    let none = NewHandle::of(account, member, &Profile::default());
    let (sources, handles) = drop_old(tx, &none.each_ref().map(|one| (one, None::<Vec<u8>>))).await?;
    Ok([("directory.handle_source", sources), ("directory.handle", handles)])
}

/// The accounts that sign in with these values, which are in their kept form.
pub(crate) async fn holders(
    tx: &mut Tx,
    named: Vec<(HandleKind, String)>,
) -> Result<HashMap<(HandleKind, String), AccountId>> {
    let codes: Vec<Vec<u8>> = named.iter().map(|(kind, value)| code(tx.app(), *kind, value)).collect();
    let kinds = [HandleKind::Phone, HandleKind::Email].map(HandleKind::as_str);
    // A code is of one kind only.
    let rows: Vec<(Vec<u8>, AccountId)> =
        sqlx::query_as("select hmac, account_id from directory.handle where kind = any($1) and hmac = any($2)")
            .bind(&kinds[..])
            .bind(&codes)
            .fetch_all(tx.db())
            .await?;
    let by_code: HashMap<Vec<u8>, AccountId> = rows.into_iter().collect();
    let held = named.into_iter().zip(&codes).filter_map(|(one, code)| Some((one, *by_code.get(code)?)));
    Ok(held.collect())
}

/// Makes them so, in four statements; one that belongs to another account is refused with `directory.phone_taken` or `directory.email_taken`.
pub(crate) async fn set(tx: &mut Tx, handles: &[NewHandle]) -> Result<()> {
    let mut rows: Vec<(&NewHandle, Option<Vec<u8>>)> =
        handles.iter().map(|new| (new, new.value.as_ref().map(|value| code(tx.app(), new.kind, value)))).collect();
    // In one order everywhere, so that two of these wait for each other instead of failing.
    rows.sort_by(|a, b| (a.0.kind, &a.1).cmp(&(b.0.kind, &b.1)));
    drop_old(tx, &rows).await?;
    rows.retain(|(_, code)| code.is_some());
    if rows.is_empty() {
        return Ok(());
    }
    let kinds: Vec<&str> = rows.iter().map(|(new, _)| new.kind.as_str()).collect();
    let codes: Vec<&[u8]> = rows.iter().filter_map(|(_, code)| code.as_deref()).collect();
    let accounts: Vec<AccountId> = rows.iter().map(|(new, _)| new.account).collect();
    let members: Vec<MemberId> = rows.iter().map(|(new, _)| new.member).collect();
    let (org, now) = (tx.org(), tx.now());
    let other: Option<String> = sqlx::query_scalar(
        "with given as (select * from unnest($1::text[], $2::bytea[], $3::uuid[]) as g (kind, hmac, account_id)),
              held as (
                  insert into directory.handle as h (kind, hmac, account_id, created_at)
                  select kind, hmac, account_id, $4 from given
                  on conflict (kind, hmac) do update set account_id = h.account_id
                  returning kind, hmac, account_id)
         select held.kind from held join given using (kind, hmac) where held.account_id <> given.account_id limit 1",
    )
    .bind(&kinds)
    .bind(&codes)
    .bind(&accounts)
    .bind(now)
    .fetch_optional(tx.db())
    .await?;
    if let Some(kind) = other {
        let kind = if kind == HandleKind::Phone.as_str() { HandleKind::Phone } else { HandleKind::Email };
        return Err(kind.taken());
    }
    sqlx::query(
        "insert into directory.handle_source (org_id, member_id, kind, hmac)
         select $1, g.member_id, g.kind, g.hmac from unnest($2::uuid[], $3::text[], $4::bytea[]) as g (member_id, kind, hmac)
         on conflict (org_id, member_id, kind) do nothing",
    )
    .bind(org)
    .bind(&members)
    .bind(&kinds)
    .bind(&codes)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// What the profile brought before and does not bring any more goes, unless another profile brings it too: how often it was
/// brought, and how many handles went.
async fn drop_old(tx: &mut Tx, rows: &[(&NewHandle, Option<Vec<u8>>)]) -> Result<(u64, u64)> {
    let kinds: Vec<&str> = rows.iter().map(|(new, _)| new.kind.as_str()).collect();
    let members: Vec<MemberId> = rows.iter().map(|(new, _)| new.member).collect();
    let codes: Vec<Option<&[u8]>> = rows.iter().map(|(_, code)| code.as_deref()).collect();
    let org = tx.org();
    let old: Vec<(String, Vec<u8>)> = sqlx::query_as(
        "delete from directory.handle_source s
         using unnest($2::uuid[], $3::text[], $4::bytea[]) as g (member_id, kind, hmac)
         where s.org_id = $1 and s.member_id = g.member_id and s.kind = g.kind and s.hmac is distinct from g.hmac
         returning s.kind, s.hmac",
    )
    .bind(org)
    .bind(&members)
    .bind(&kinds)
    .bind(&codes)
    .fetch_all(tx.db())
    .await?;
    if old.is_empty() {
        return Ok((0, 0));
    }
    let (kinds, codes): (Vec<String>, Vec<Vec<u8>>) = old.into_iter().unzip();
    let gone = sqlx::query(
        "delete from directory.handle h using unnest($1::text[], $2::bytea[]) as g (kind, hmac)
         where h.kind = g.kind and h.hmac = g.hmac
         and not exists (select from directory.handle_source s where s.kind = h.kind and s.hmac = h.hmac)",
    )
    .bind(&kinds)
    .bind(&codes)
    .execute(tx.db())
    .await?;
    Ok((u64::try_from(kinds.len()).unwrap_or(u64::MAX), gone.rows_affected()))
}

fn code(app: &App, kind: HandleKind, value: &str) -> Vec<u8> {
    app.vault().lookup(kind.look_up_kind(), None, value).to_vec()
}
