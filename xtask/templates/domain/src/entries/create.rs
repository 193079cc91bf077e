//! Add an entry.

use axum::http::StatusCode;
use kernel::{Bucket, Cx, Error, Json, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::TEXT;
use crate::events::EntryCreated;
use crate::model::{Entry, EntryId};
use crate::policy::Contributor;

const LONGEST: usize = 2_000;

/// A new entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Create__Name__Entry)]
pub struct CreateEntry {
    /// What it says.
    pub text: String,
}

/// Add an entry
#[utoipa::path(
    post, path = "/v1/__name__/entries", tag = "__name__", operation_id = "create__Name__Entry",
    request_body = CreateEntry,
    responses((status = 201, body = Entry)),
    extensions(("x-access" = json!("member of the organisation")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn create_entry(cx: Cx, Json(input): Json<CreateEntry>) -> Result<(StatusCode, Json<Entry>)> {
    let mut tx = cx.begin().await?;
    let contributor = Contributor::load(&mut tx).await?;
    let entry = create(&mut tx, &contributor, input).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(entry)))
}

/// Adds the entry and tells the organisation that there is one.
pub async fn create(tx: &mut Tx, by: &Contributor, input: CreateEntry) -> Result<Entry> {
    let text = input.text.trim();
    if text.is_empty() {
        return Err(Error::Invalid { field: "text", why: "is_empty" });
    }
    if text.chars().count() > LONGEST {
        return Err(Error::Invalid { field: "text", why: "too_long" });
    }
    let entry =
        Entry { id: EntryId(tx.new_id()), author_id: by.id(), text: text.to_owned(), created_at: tx.now() };
    let sealed = tx.seal(Bucket::Object(entry.id.0), TEXT, entry.id.0, text.as_bytes())?;
    sqlx::query("insert into __name__.entry (id, author_id, text, created_at) values ($1, $2, $3, $4)")
        .bind(entry.id)
        .bind(entry.author_id)
        .bind(sealed)
        .bind(entry.created_at)
        .execute(tx.db())
        .await?;
    tx.emit(&EntryCreated { entry: entry.id })?;
    Ok(entry)
}
