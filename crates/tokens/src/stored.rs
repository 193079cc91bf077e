//! Tokens as they are made, listed and ended.

use access::{DepartmentId, Permission, PermissionSet};
use chrono::{DateTime, Utc};
use kernel::{MemberId, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::events::TokenEnded;
use crate::secret;

kernel::id!(
    /// Names a service token.
    TokenId
);

/// What is to be made. Whoever calls [`make`] has checked that its maker may lend this.
pub struct NewToken {
    /// What the program is, for people.
    pub name: String,
    /// What it may do.
    pub permissions: PermissionSet,
    /// For which departments, with what lies below; for the whole organisation when there are none.
    pub department_ids: Vec<DepartmentId>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
}

/// A token that was just made.
pub struct Made {
    /// Which.
    pub id: TokenId,
    /// What the program shows; nobody can read it again.
    pub token: String,
}

/// Why a token was ended before its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = ServiceTokenEnd)]
pub enum Why {
    /// Somebody ended it.
    Revoked,
    /// Whoever made it was suspended, disabled or removed, or left. It stays ended when they are let in again.
    MakerShutOut,
}

/// A token as it is listed.
#[derive(Debug, sqlx::FromRow)]
pub struct Token {
    /// Which.
    pub id: TokenId,
    /// What the program is.
    pub name: String,
    /// Names of permissions.
    pub permissions: Vec<String>,
    /// For which departments; for the whole organisation when there are none.
    pub department_ids: Vec<DepartmentId>,
    /// Whose rights it lends.
    pub made_by: MemberId,
    /// Since when.
    pub made_at: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// True to the hour.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was ended.
    pub revoked_at: Option<DateTime<Utc>>,
    /// By whom; absent when a program did, or when nobody wrote it down.
    pub ended_by: Option<MemberId>,
    /// Why; absent when nobody wrote it down.
    pub ended_why: Option<Why>,
}

/// Makes a token that lends rights of `by`.
pub async fn make(tx: &mut Tx, by: MemberId, new: NewToken) -> Result<Made> {
    let (id, now, secret) = (TokenId(tx.new_id()), tx.now(), tx.app().random());
    let names: Vec<&str> = new.permissions.iter().map(Permission::name).collect();
    sqlx::query(
        "insert into tokens.token (id, name, hash, permissions, department_ids, made_by, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(new.name)
    .bind(secret::hash(&secret))
    .bind(names)
    .bind(new.department_ids)
    .bind(by)
    .bind(now)
    .bind(new.expires_at)
    .execute(tx.db())
    .await?;
    Ok(Made { id, token: secret::written(tx.org(), &secret) })
}

/// All there are and were, the newest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Token>> {
    Ok(sqlx::query_as(
        "select id, name, permissions, department_ids, made_by, made_at, expires_at, last_used_at, revoked_at,
                ended_by, ended_why
         from tokens.token order by made_at desc, id desc",
    )
    .fetch_all(tx.db())
    .await?)
}

/// Ends a token at once; `false` when there is no such one that still works.
pub async fn revoke(tx: &mut Tx, id: TokenId) -> Result<bool> {
    let (now, by) = (tx.now(), tx.member().ok());
    let done = sqlx::query(
        "update tokens.token set revoked_at = $2, ended_by = $3, ended_why = $4 where id = $1 and revoked_at is null",
    )
    .bind(id)
    .bind(now)
    .bind(by)
    .bind(Why::Revoked)
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends for good whatever `maker` let programs do, since they are shut out, `by` somebody unless it was a program or is not known
/// any more; says so of each that still worked.
pub async fn end_all_of(tx: &mut Tx, maker: MemberId, by: Option<MemberId>) -> Result<()> {
    let now = tx.now();
    let ended: Vec<TokenId> = sqlx::query_scalar(
        "update tokens.token set revoked_at = $2, ended_by = $3, ended_why = $4
         where made_by = $1 and revoked_at is null and expires_at > $2 returning id",
    )
    .bind(maker)
    .bind(now)
    .bind(by)
    .bind(Why::MakerShutOut)
    .fetch_all(tx.db())
    .await?;
    ended.into_iter().try_for_each(|token| tx.emit(&TokenEnded { token, maker }))
}
