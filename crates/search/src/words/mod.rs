//! What somebody searched for last (`SRCH-03`, `RET-17`): theirs alone, sealed, the newest twenty, erasable, refusable.

pub mod choose;
pub mod forget;
pub mod keep;
pub mod list;

use kernel::{Bucket, MemberId, Result, Tx};
use uuid::Uuid;

/// How many are kept.
const KEPT: usize = 20;
/// What they are sealed as.
const KIND: &str = "search.word";

fn seal(tx: &Tx, member: MemberId, id: Uuid, text: &str) -> Result<Vec<u8>> {
    tx.seal(Bucket::Member(member.0), KIND, id, text.as_bytes())
}

fn open(tx: &Tx, member: MemberId, id: Uuid, sealed: &[u8]) -> Result<String> {
    let plain = tx.open(Bucket::Member(member.0), KIND, id, sealed)?;
    Ok(String::from_utf8(plain).map_err(anyhow::Error::from)?)
}

/// Whether the member has search in messages: without it nothing is kept, and what is stays out of sight (`ORG-12`).
async fn is_open(tx: &mut Tx) -> Result<bool> {
    applications::is_open(tx, crate::MESSAGE_SEARCH).await
}

async fn keeps(tx: &mut Tx, member: MemberId) -> Result<bool> {
    Ok(sqlx::query_scalar("select not exists (select from search.refusal where member_id = $1)")
        .bind(member)
        .fetch_one(tx.db())
        .await?)
}
