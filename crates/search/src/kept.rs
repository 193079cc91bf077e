//! What is kept for search in messages and for nothing else: the index and the words people searched for (`ORG-12`).

use applications::{Kept, KeptThings, MOST_COUNTED};
use kernel::{BoxFuture, Result, Tx};

pub const KEPT: Kept = Kept { job: "search.erase_kept", count, erase };

fn count(tx: &mut Tx) -> BoxFuture<'_, Result<Vec<KeptThings>>> {
    Box::pin(async move {
        let entries: i64 = sqlx::query_scalar("select count(*) from (select scope from search.entry limit $1) few")
            .bind(MOST_COUNTED)
            .fetch_one(tx.db())
            .await?;
        let words: i64 = sqlx::query_scalar("select count(*) from (select id from search.word limit $1) few")
            .bind(MOST_COUNTED)
            .fetch_one(tx.db())
            .await?;
        Ok(vec![
            KeptThings { kind: "index_entries", count: entries },
            KeptThings { kind: "search_words", count: words },
        ])
    })
}

/// Who does not want words kept goes on not wanting it. Emits nothing: the end of it is told by who asked for it.
fn erase(tx: &mut Tx) -> BoxFuture<'_, Result<u64>> {
    Box::pin(async move {
        let words = sqlx::query(
            "delete from search.word where (member_id, id) in (select member_id, id from search.word limit 2000)",
        )
        .execute(tx.db())
        .await?;
        let entries = sqlx::query(
            "with few as materialized (
                 select scope, kind, place, at from search.entry order by scope, kind, place, at limit 2000)
             delete from search.entry e using few
             where e.scope = few.scope and e.kind = few.kind and e.place = few.place and e.at = few.at",
        )
        .execute(tx.db())
        .await?;
        Ok(words.rows_affected() + entries.rows_affected())
    })
}
