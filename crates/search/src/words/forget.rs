//! Forget what one searched for: one word, or all.

use axum::http::StatusCode;
use kernel::{Cx, Error, MemberId, Path, Result, Tx};
use uuid::Uuid;

/// Forget my search words
#[utoipa::path(
    delete, path = "/v1/search/words", tag = "search", operation_id = "forgetSearchWords",
    responses((status = 204)),
    extensions(("x-access" = json!("member; one's own words only"))),
)]
pub async fn forget_search_words(cx: Cx) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    forget_all(&mut tx, cx.member).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forget a search word
#[utoipa::path(
    delete, path = "/v1/search/words/{word}", tag = "search", operation_id = "forgetSearchWord",
    params(("word" = Uuid, Path)),
    responses((status = 204)),
    extensions(("x-access" = json!("member; one's own words only"))),
)]
pub async fn forget_search_word(cx: Cx, Path(word): Path<Uuid>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let deleted = sqlx::query("delete from search.word where member_id = $1 and id = $2")
        .bind(cx.member)
        .bind(word)
        .execute(tx.db())
        .await?;
    if deleted.rows_affected() == 0 {
        return Err(Error::NotFound("word"));
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Nothing is left of them. Emits nothing: it concerns nobody else.
pub async fn forget_all(tx: &mut Tx, member: MemberId) -> Result<()> {
    sqlx::query("delete from search.word where member_id = $1").bind(member).execute(tx.db()).await?;
    Ok(())
}
