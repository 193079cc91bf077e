//! Have one's words kept or not. Who stops it stops the collecting, and what was collected goes (`RET-27`).

use kernel::{Cx, Json, MemberId, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::forget;
use super::list::{self, SearchWords};

/// Whether words are kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseSearchWords {
    /// `false`: none from now on, and those there are go.
    pub is_kept: bool,
}

/// Choose whether my search words are kept
#[utoipa::path(
    patch, path = "/v1/search/words", tag = "search", operation_id = "chooseSearchWords",
    request_body = ChooseSearchWords,
    responses((status = 200, body = SearchWords)),
    extensions(("x-access" = json!("member; one's own words only"))),
)]
pub async fn choose_search_words(cx: Cx, Json(input): Json<ChooseSearchWords>) -> Result<Json<SearchWords>> {
    let mut tx = cx.begin().await?;
    if input.is_kept {
        accept(&mut tx, cx.member).await?;
    } else {
        refuse(&mut tx, cx.member).await?;
    }
    let words = list::list(&mut tx, cx.member).await?;
    tx.commit().await?;
    Ok(Json(words))
}

async fn accept(tx: &mut Tx, member: MemberId) -> Result<()> {
    sqlx::query("delete from search.refusal where member_id = $1").bind(member).execute(tx.db()).await?;
    Ok(())
}

async fn refuse(tx: &mut Tx, member: MemberId) -> Result<()> {
    forget::forget_all(tx, member).await?;
    sqlx::query("insert into search.refusal (member_id) values ($1) on conflict on constraint refusal_pkey do nothing")
        .bind(member)
        .execute(tx.db())
        .await?;
    Ok(())
}
