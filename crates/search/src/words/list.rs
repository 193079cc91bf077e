//! Show what one searched for last.

use chrono::{DateTime, Utc};
use kernel::{Cx, Json, MemberId, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One's own words.
#[derive(Serialize, ToSchema)]
pub struct SearchWords {
    /// The newest first, at most 20; none while search in messages is off for oneself.
    pub items: Vec<SearchWord>,
    /// Whether words are kept at all.
    pub is_kept: bool,
}

/// Something one searched for.
#[derive(Serialize, ToSchema)]
pub struct SearchWord {
    /// Which.
    pub id: Uuid,
    /// As it was typed.
    pub text: String,
    /// When last.
    pub used_at: DateTime<Utc>,
}

/// List my search words
#[utoipa::path(
    get, path = "/v1/search/words", tag = "search", operation_id = "listSearchWords",
    responses((status = 200, body = SearchWords)),
    extensions(("x-access" = json!("member; one's own words only"))),
)]
pub async fn list_search_words(cx: Cx) -> Result<Json<SearchWords>> {
    let mut tx = cx.begin().await?;
    let words = list(&mut tx, cx.member).await?;
    tx.commit().await?;
    Ok(Json(words))
}

/// What the member searched for last.
pub async fn list(tx: &mut Tx, member: MemberId) -> Result<SearchWords> {
    let rows: Vec<(Uuid, Vec<u8>, DateTime<Utc>)> =
        sqlx::query_as("select id, text, used_at from search.word where member_id = $1 order by used_at desc, id desc")
            .bind(member)
            .fetch_all(tx.db())
            .await?;
    let rows = if super::is_open(tx).await? { rows } else { Vec::new() };
    let mut items = Vec::with_capacity(rows.len());
    for (id, sealed, used_at) in rows {
        items.push(SearchWord { id, text: super::open(tx, member, id, &sealed)?, used_at });
    }
    Ok(SearchWords { items, is_kept: super::keeps(tx, member).await? })
}
