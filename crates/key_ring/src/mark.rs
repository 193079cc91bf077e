//! The mark: a database names its ring, and whoever holds the ring can tell whether it is the one.

use sqlx::PgConnection;
use uuid::Uuid;
use vault::Vault;

use crate::if_there;

const KIND: &str = "key_ring.mark";

/// What a database says of its ring.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Mark {
    /// Random; what it is proven by.
    id: Uuid,
    proof: Vec<u8>,
    /// Where the ring stands: `folder` or `bucket`. After a move both may hold one that proves itself, and only one goes on.
    pub place: String,
}

impl Mark {
    /// Whether these keys are the ones of the database.
    pub fn is_of(&self, vault: &Vault) -> bool {
        self.proof == proof(vault, self.id)
    }
}

/// The mark of a database; none before its first start.
pub async fn read(db: &mut PgConnection) -> sqlx::Result<Option<Mark>> {
    if_there(sqlx::query_as("select id, proof, place from key_ring.ring").fetch_optional(db).await)
}

/// Marks a database that has no mark as one of these keys, which stand in that place, under a random id. Of nodes that do so
/// at once one is first.
pub async fn write(db: &mut PgConnection, vault: &Vault, id: Uuid, place: &str) -> sqlx::Result<()> {
    sqlx::query("insert into key_ring.ring (id, proof, place) values ($1, $2, $3) on conflict do nothing")
        .bind(id)
        .bind(proof(vault, id))
        .bind(place)
        .execute(db)
        .await?;
    Ok(())
}

/// The ring of the database stands elsewhere from now on.
pub async fn moved(db: &mut PgConnection, place: &str) -> sqlx::Result<()> {
    sqlx::query("update key_ring.ring set place = $1").bind(place).execute(db).await?;
    Ok(())
}

fn proof(vault: &Vault, id: Uuid) -> Vec<u8> {
    vault.lookup(KIND, None, &id.to_string()).to_vec()
}
