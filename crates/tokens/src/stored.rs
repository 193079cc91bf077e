//! Tokens as they are made, listed and ended.

use access::{DepartmentId, Permission, PermissionSet};
use chrono::{DateTime, Utc};
use kernel::{MemberId, Result, Tx};

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
        "select id, name, permissions, department_ids, made_by, made_at, expires_at, last_used_at, revoked_at
         from tokens.token order by made_at desc, id desc",
    )
    .fetch_all(tx.db())
    .await?)
}

/// Ends a token at once; `false` when there is no such one that still works.
pub async fn revoke(tx: &mut Tx, id: TokenId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query("update tokens.token set revoked_at = $2 where id = $1 and revoked_at is null")
        .bind(id)
        .bind(now)
        .execute(tx.db())
        .await?;
    Ok(done.rows_affected() == 1)
}
