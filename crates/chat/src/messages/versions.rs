//! What a message said before it was edited: kept, sealed, while the organisation says so, for those who can read the message.
//! It goes with the message, at once when that is recalled, and within the hour when edits are not kept any more.

use anyhow::Context;
use chrono::{DateTime, Utc};
use kernel::{Cx, Json, MemberId, Path, Result, Tx, VaultError};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::rows;
use crate::body::Body;
use crate::days;
use crate::model::{ConversationId, Message};
use crate::policy::ReadableConversation;
use crate::settings::Windows;

/// Earlier words of a message, the first ones first.
#[derive(Serialize, ToSchema)]
pub struct MessageVersions {
    /// Without those it has now; empty where edits are not kept.
    pub items: Vec<MessageVersion>,
}

/// What a message said for a while.
#[derive(Serialize, ToSchema)]
pub struct MessageVersion {
    /// Markdown source.
    pub text: String,
    /// From when on.
    pub written_at: DateTime<Utc>,
}

/// List what a message said before
#[utoipa::path(
    get, path = "/v1/conversations/{conversation}/messages/{seq}/versions", tag = "chat",
    operation_id = "listMessageVersions",
    params(("conversation" = ConversationId, Path), ("seq" = i64, Path)),
    responses((status = 200, body = MessageVersions)),
    extensions(("x-access" = json!("member of the conversation"))),
)]
pub async fn list_message_versions(
    cx: Cx,
    Path((conversation, seq)): Path<(ConversationId, i64)>,
) -> Result<Json<MessageVersions>> {
    let mut tx = cx.begin().await?;
    let conversation = ReadableConversation::load(&mut tx, conversation).await?;
    let versions = versions(&mut tx, &conversation, seq).await?;
    tx.commit().await?;
    Ok(Json(versions))
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    author_id: MemberId,
    sent_at: DateTime<Utc>,
    written_at: DateTime<Utc>,
    body: Vec<u8>,
}

/// The earlier words of a message that can be seen.
pub async fn versions(tx: &mut Tx, conversation: &ReadableConversation, seq: i64) -> Result<MessageVersions> {
    let windows = Windows::load(tx).await?;
    let message = rows::find(tx, conversation.seat(), seq, &windows).await?;
    let mut items = Vec::new();
    if !windows.keeps_edits || message.body.is_none() {
        return Ok(MessageVersions { items });
    }
    let rows: Vec<Row> = sqlx::query_as(
        "select id, author_id, sent_at, written_at, body from chat.message_version
         where conversation_id = $1 and seq = $2 order by written_at, id",
    )
    .bind(conversation.id())
    .bind(seq)
    .fetch_all(tx.db())
    .await?;
    for row in rows {
        items.extend(open(tx, &row)?);
    }
    Ok(MessageVersions { items })
}

fn open(tx: &Tx, row: &Row) -> Result<Option<MessageVersion>> {
    let (org, day) = (tx.org().0, days::of(row.sent_at));
    let plain = match tx.app().vault().open_message(org, day, row.author_id.0, row.id, &row.body) {
        Ok(plain) => plain,
        Err(VaultError::Destroyed | VaultError::Missing) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let body: Body = serde_json::from_slice(&plain).context("reading what a message said before")?;
    let Body::Text(text) = body else { return Ok(None) };
    Ok(Some(MessageVersion { text: text.text, written_at: row.written_at }))
}

/// Keeps the words that are about to be overwritten.
pub async fn keep(tx: &mut Tx, message: &Message) -> Result<()> {
    let plain = message.body.as_ref().map(Body::to_bytes).transpose()?.unwrap_or_default();
    let (id, org, day) = (tx.new_id(), tx.org().0, days::of(message.sent_at));
    let sealed = tx.app().vault().seal_message(org, day, message.author_id.0, id, &plain)?;
    sqlx::query(
        "insert into chat.message_version (conversation_id, seq, id, author_id, sent_at, written_at, body)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(message.conversation_id)
    .bind(message.seq)
    .bind(id)
    .bind(message.author_id)
    .bind(message.sent_at)
    .bind(message.edited_at.unwrap_or(message.sent_at))
    .bind(sealed)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// The message was taken back: so is what it said before.
pub async fn forget(tx: &mut Tx, message: &Message) -> Result<()> {
    sqlx::query("delete from chat.message_version where conversation_id = $1 and seq = $2")
        .bind(message.conversation_id)
        .bind(message.seq)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Deletes up to `most` of what the organisation kept, and says how many those were.
pub async fn forget_some(tx: &mut Tx, most: i64) -> Result<u64> {
    let gone = sqlx::query(
        "delete from chat.message_version v
         using (select conversation_id, seq, id from chat.message_version limit $1) as kept
         where v.conversation_id = kept.conversation_id and v.seq = kept.seq and v.id = kept.id",
    )
    .bind(most)
    .execute(tx.db())
    .await?;
    Ok(gone.rows_affected())
}
