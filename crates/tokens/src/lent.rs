//! What a token stands for.

use access::{DepartmentId, Held, Permission, PermissionSet, Scope};
use kernel::{MemberId, Result, Tx};
use uuid::Uuid;

/// Rights of somebody that a program may use, as far as they still hold them.
#[derive(Debug, Clone)]
pub struct Lent {
    /// Whose.
    pub maker: MemberId,
    /// What the token was made for.
    pub held: Vec<Held>,
}

/// What the token lends; `None` once it has ended.
pub async fn lent(tx: &mut Tx, token: Uuid) -> Result<Option<Lent>> {
    let now = tx.now();
    let found: Option<(MemberId, Vec<String>, Vec<DepartmentId>)> = sqlx::query_as(
        "select made_by, permissions, department_ids from tokens.token
         where id = $1 and revoked_at is null and expires_at > $2",
    )
    .bind(token)
    .bind(now)
    .fetch_optional(tx.db())
    .await?;
    Ok(found.map(|(maker, names, departments)| Lent { maker, held: held(&names, &departments) }))
}

/// Everything that was lent for departments and has not ended. Also what its maker does not hold just now: they may again.
pub async fn delegated(tx: &mut Tx) -> Result<Vec<Held>> {
    let now = tx.now();
    let rows: Vec<(Vec<String>, Vec<DepartmentId>)> = sqlx::query_as(
        "select permissions, department_ids from tokens.token
         where revoked_at is null and expires_at > $1 and department_ids <> '{}'",
    )
    .bind(now)
    .fetch_all(tx.db())
    .await?;
    Ok(rows.iter().flat_map(|(names, departments)| held(names, departments)).collect())
}

/// Names that are not known any more lend nothing.
fn held(names: &[String], departments: &[DepartmentId]) -> Vec<Held> {
    let permissions: PermissionSet = names.iter().filter_map(|name| Permission::named(name)).collect();
    if departments.is_empty() {
        return vec![Held { permissions, scope: Scope::Organisation }];
    }
    departments.iter().map(|place| Held { permissions, scope: Scope::Department(*place) }).collect()
}
