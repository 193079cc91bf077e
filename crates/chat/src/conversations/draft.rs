//! What one has begun to write follows from device to device. It is sealed under one's own key.

use axum::http::StatusCode;
use chrono::TimeDelta;
use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view;
use crate::body::MAX_TEXT;
use crate::events::DraftChanged;
use crate::model::{ConversationId, Draft};
use crate::policy::ReadableConversation;

/// The words so far.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutDraft {
    /// Empty: there is no draft any more.
    pub text: String,
    /// The message it answers.
    #[serde(default)]
    pub reply_to: Option<i64>,
    /// How many seconds ago it was written, where it waited for a network. Of two devices the one that wrote last wins,
    /// not the one that was heard last.
    #[serde(default)]
    pub age_s: u32,
}

/// Keep a draft
#[utoipa::path(
    put, path = "/v1/conversations/{conversation}/draft", tag = "chat", operation_id = "putDraft",
    params(("conversation" = ConversationId, Path)),
    request_body = PutDraft,
    responses((status = 204)),
    extensions(
        ("x-access" = json!("member of the conversation; one's own draft only")),
        ("x-errors" = json!(["chat.draft_is_newer"])),
    ),
)]
pub async fn put_draft(
    cx: Cx,
    Path(conversation): Path<ConversationId>,
    Json(input): Json<PutDraft>,
) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let conversation = ReadableConversation::load(&mut tx, conversation).await?;
    put(&mut tx, &conversation, input).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The last device to write wins; it is one person. `Conflict` when another one wrote after this was written.
pub async fn put(tx: &mut Tx, conversation: &ReadableConversation, input: PutDraft) -> Result<()> {
    if input.text.len() > MAX_TEXT {
        return Err(Error::Invalid { field: "text", why: "too_long" });
    }
    let (member, id) = (conversation.seat().member_id, conversation.id());
    let written_at = tx.now() - TimeDelta::seconds(input.age_s.into());
    // That it was cleared, and when, stays: what was written before and comes later is older than that.
    let sealed = if input.text.is_empty() {
        None
    } else {
        Some(view::seal_draft(tx, member, id, &Draft { text: input.text, reply_to: input.reply_to })?)
    };
    let written = sqlx::query(
        "insert into chat.draft as d (member_id, conversation_id, body, changed_at) values ($1, $2, $3, $4)
         on conflict on constraint draft_pkey do update set body = excluded.body, changed_at = excluded.changed_at
         where d.changed_at <= excluded.changed_at",
    )
    .bind(member)
    .bind(id)
    .bind(sealed)
    .bind(written_at)
    .execute(tx.db())
    .await?;
    if written.rows_affected() == 0 {
        return Err(Error::Conflict("chat.draft_is_newer"));
    }
    tx.emit(&DraftChanged { conversation: id, member })
}
