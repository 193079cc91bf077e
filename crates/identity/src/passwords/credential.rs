//! What an account proves itself with, as it is kept.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{AccountId, App, Error, Result, SessionId, SystemTx};
use sqlx::PgConnection;

use super::hash;
use crate::secrets;

/// An initial password is good for so long (`ACC-06`).
const INITIAL: TimeDelta = TimeDelta::days(14);
/// So long after signing in with it one need not type it again.
const JUST: TimeDelta = TimeDelta::minutes(10);

/// One account's credential; an account has at most one.
pub enum Credential {
    /// There is no such account, or it cannot sign in.
    None,
    /// Chosen by the person: an argon2id hash.
    Password(String),
    /// Given by an administrator: a keyed hash, enough for what is random.
    Initial(String),
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    hash: String,
}

/// The credential of an account in force; asking for none takes as long.
pub async fn load(tx: &mut SystemTx, account: Option<AccountId>) -> Result<Credential> {
    let now = tx.now();
    let row: Option<Row> = sqlx::query_as(
        "select c.kind, c.hash from identity.credential c join identity.account a on a.id = c.account_id
         where c.account_id = $1 and a.state = 'active' and (c.expires_at is null or c.expires_at > $2)
         order by c.kind limit 1",
    )
    .bind(account)
    .bind(now)
    .fetch_optional(tx.db())
    .await?;
    Ok(match row {
        None => Credential::None,
        Some(row) if row.kind == "initial" => Credential::Initial(row.hash),
        Some(row) => Credential::Password(row.hash),
    })
}

impl Credential {
    /// Whether `typed` proves that it is the account's owner. Every answer takes the same work.
    pub async fn is_proven_by(&self, app: &App, account: Option<AccountId>, typed: &str) -> Result<bool> {
        match self {
            Self::Password(kept) => hash::matches(app, typed, Some(kept.clone())).await,
            Self::None => hash::matches(app, typed, None).await,
            Self::Initial(kept) => {
                hash::matches(app, typed, None).await?;
                let typed = initial_hash(app, account, typed);
                Ok(verify_slices_are_equal(kept.as_bytes(), typed.as_bytes()).is_ok())
            }
        }
    }

    /// Remembers that the session began with this, when it is an initial password.
    pub async fn opens(&self, tx: &mut SystemTx, session: SessionId) -> Result<()> {
        let Self::Initial(hash) = self else { return Ok(()) };
        sqlx::query("update identity.session set opened_by = $2 where id = $1")
            .bind(session)
            .bind(hash)
            .execute(tx.db())
            .await?;
        Ok(())
    }

    /// Whether the session began with this very initial password a moment ago: typing it again would prove nothing more.
    pub async fn has_just_opened(&self, tx: &mut SystemTx, session: SessionId) -> Result<bool> {
        let Self::Initial(hash) = self else { return Ok(false) };
        let since = tx.now() - JUST;
        Ok(sqlx::query_scalar(
            "select exists (select from identity.session where id = $1 and opened_by = $2 and created_at > $3)",
        )
        .bind(session)
        .bind(hash)
        .bind(since)
        .fetch_one(tx.db())
        .await?)
    }

    fn hash(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Password(hash) | Self::Initial(hash) => Some(hash),
        }
    }
}

/// Makes an account that has nothing to sign in with yet.
pub async fn create_account(db: &mut PgConnection, account: AccountId, now: DateTime<Utc>) -> Result<()> {
    sqlx::query("insert into identity.account (id, state, created_at) values ($1, 'active', $2)")
        .bind(account)
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}

/// Gives a new account the password its owner chose.
pub async fn set_password(db: &mut PgConnection, account: AccountId, hash: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query("insert into identity.credential (account_id, kind, hash, created_at) values ($1, 'password', $2, $3)")
        .bind(account)
        .bind(hash)
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}

/// Puts a password in the place of the credential that proved the wish for it; refused when that is not in force any more.
/// No session remembers the initial one either.
pub async fn replace(tx: &mut SystemTx, account: AccountId, old: &Credential, hash: &str) -> Result<()> {
    let gone = sqlx::query("delete from identity.credential where account_id = $1 and hash = $2")
        .bind(account)
        .bind(old.hash())
        .execute(tx.db())
        .await?;
    if gone.rows_affected() != 1 {
        return Err(Error::Conflict("identity.password_changed_meanwhile"));
    }
    sqlx::query("update identity.session set opened_by = null where account_id = $1 and opened_by is not null")
        .bind(account)
        .execute(tx.db())
        .await?;
    let now = tx.now();
    set_password(tx.db(), account, hash, now).await
}

/// An initial password, shown this once.
pub struct Initial {
    pub password: String,
    pub expires_at: DateTime<Utc>,
}

/// Gives the account a random initial password in the place of whatever it had; the devices it knew are strangers again.
pub async fn set_initial(db: &mut PgConnection, app: &App, account: AccountId, now: DateTime<Utc>) -> Result<Initial> {
    let password = tokens::readable(4, || app.random::<32>());
    let expires_at = now + INITIAL;
    sqlx::query(
        "with devices as (delete from identity.known_device where account_id = $1),
              old as (delete from identity.credential where account_id = $1 and kind = 'password')
         insert into identity.credential (account_id, kind, hash, created_at, expires_at)
         values ($1, 'initial', $2, $3, $4)
         on conflict (account_id, kind)
             do update set hash = excluded.hash, created_at = excluded.created_at, expires_at = excluded.expires_at",
    )
    .bind(account)
    .bind(initial_hash(app, Some(account), &password))
    .bind(now)
    .bind(expires_at)
    .execute(db)
    .await?;
    Ok(Initial { password, expires_at })
}

/// Gives accounts that are new an initial password each, in their order.
pub async fn create_accounts(
    db: &mut PgConnection,
    app: &App,
    accounts: &[AccountId],
    now: DateTime<Utc>,
) -> Result<Vec<Initial>> {
    let expires_at = now + INITIAL;
    let initial = |_: &AccountId| Initial { password: tokens::readable(4, || app.random::<32>()), expires_at };
    let initials: Vec<Initial> = accounts.iter().map(initial).collect();
    let hash = |(account, initial): (&AccountId, &Initial)| initial_hash(app, Some(*account), &initial.password);
    let hashes: Vec<String> = accounts.iter().zip(&initials).map(hash).collect();
    sqlx::query(
        "insert into identity.account (id, state, created_at) select id, 'active', $2 from unnest($1::uuid[]) as n (id)",
    )
    .bind(accounts)
    .bind(now)
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "insert into identity.credential (account_id, kind, hash, created_at, expires_at)
         select n.id, 'initial', n.hash, $3, $4 from unnest($1::uuid[], $2::text[]) as n (id, hash)",
    )
    .bind(accounts)
    .bind(&hashes)
    .bind(now)
    .bind(expires_at)
    .execute(&mut *db)
    .await?;
    Ok(initials)
}

/// Random as it is, an initial password needs no slow hash, only one that nobody computes without the installation's key.
fn initial_hash(app: &App, account: Option<AccountId>, password: &str) -> String {
    let account = account.map(|account| account.to_string()).unwrap_or_default();
    let typed = format!("{account} {}", secrets::normalise(password));
    secrets::encode(&app.vault().lookup("identity.initial_password", None, &typed))
}
