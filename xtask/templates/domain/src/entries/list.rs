//! List the entries, the newest first.

use chrono::{DateTime, Utc};
use kernel::{Bucket, Cx, Json, Limit, MemberId, Page, Query, Result, Tx};
use serde::Deserialize;

use super::TEXT;
use crate::model::{Entry, EntryId};
use crate::policy::Contributor;

/// Where the page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Before {
    /// The last one of the page before.
    pub before: Option<EntryId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: EntryId,
    author_id: MemberId,
    text: Vec<u8>,
    created_at: DateTime<Utc>,
}

/// List the entries
#[utoipa::path(
    get, path = "/v1/__name__/entries", tag = "__name__", operation_id = "list__Name__Entries",
    params(Before),
    responses((status = 200, body = Page<Entry>)),
    extensions(("x-access" = json!("member of the organisation")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_entries(cx: Cx, Query(page): Query<Before>) -> Result<Json<Page<Entry>>> {
    let mut tx = cx.begin().await?;
    Contributor::load(&mut tx).await?;
    let limit = page.limit.get();
    let rows: Vec<Row> = sqlx::query_as(
        "select id, author_id, text, created_at from __name__.entry
         where $1::uuid is null or id < $1 order by id desc limit $2",
    )
    .bind(page.before)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    let page = Page::of(rows, limit, |row| row.id.to_string());
    let items = page.items.into_iter().map(|row| opened(&tx, row)).collect::<Result<_>>()?;
    Ok(Json(Page { items, next: page.next }))
}

fn opened(tx: &Tx, row: Row) -> Result<Entry> {
    let text = tx.open(Bucket::Object(row.id.0), TEXT, row.id.0, &row.text)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    Ok(Entry { id: row.id, author_id: row.author_id, text, created_at: row.created_at })
}
