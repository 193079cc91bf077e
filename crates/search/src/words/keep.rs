//! Remember what one searched for. The client says so when something was found and opened, not at every letter.

use kernel::{Cx, Error, Json, MemberId, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::list::{self, SearchWords};

/// Characters of a word that is kept.
const LONGEST: usize = 100;

/// What one searched for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepSearchWord {
    /// As it was typed, 1 to 100 characters.
    pub text: String,
}

/// Keep a search word
#[utoipa::path(
    post, path = "/v1/search/words", tag = "search", operation_id = "keepSearchWord",
    request_body = KeepSearchWord,
    responses((status = 200, body = SearchWords, description = "One's words as they are now; where they are not kept, unchanged; none while search in messages is off")),
    extensions(("x-access" = json!("member; one's own words only"))),
)]
pub async fn keep_search_word(cx: Cx, Json(input): Json<KeepSearchWord>) -> Result<Json<SearchWords>> {
    let mut tx = cx.begin().await?;
    keep(&mut tx, cx.member, &input.text).await?;
    let words = list::list(&mut tx, cx.member).await?;
    tx.commit().await?;
    Ok(Json(words))
}

/// The newest twenty stay; the same one again only moves up (`SRCH-03`). Emits nothing: it concerns nobody else.
pub async fn keep(tx: &mut Tx, member: MemberId, text: &str) -> Result<()> {
    let text = text.trim();
    if text.is_empty() || text.contains('\0') {
        return Err(Error::Invalid { field: "text", why: "empty" });
    }
    if text.chars().count() > LONGEST {
        return Err(Error::Invalid { field: "text", why: "is_too_long" });
    }
    if !super::keeps(tx, member).await? || !super::is_open(tx).await? {
        return Ok(());
    }
    let before = list::list(tx, member).await?.items;
    let is_same = |word: &&list::SearchWord| word.text == text;
    let gone: Vec<Uuid> = before.iter().filter(is_same).map(|word| word.id).collect();
    let others = before.iter().filter(|word| !is_same(word)).map(|word| word.id);
    let gone: Vec<Uuid> = gone.into_iter().chain(others.skip(super::KEPT - 1)).collect();
    sqlx::query("delete from search.word where member_id = $1 and id = any($2)")
        .bind(member)
        .bind(gone)
        .execute(tx.db())
        .await?;
    let (id, now) = (tx.new_id(), tx.now());
    let sealed = super::seal(tx, member, id, text)?;
    sqlx::query("insert into search.word (member_id, id, text, used_at) values ($1, $2, $3, $4)")
        .bind(member)
        .bind(id)
        .bind(sealed)
        .bind(now)
        .execute(tx.db())
        .await?;
    Ok(())
}
