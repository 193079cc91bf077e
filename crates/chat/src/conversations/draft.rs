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
    let written = if input.text.is_empty() {
        sqlx::query_scalar(
            "with gone as (
                 delete from chat.draft where member_id = $1 and conversation_id = $2 and changed_at <= $3 returning 1
             )
             select exists (select from gone)
                 or not exists (select from chat.draft where member_id = $1 and conversation_id = $2)",
        )
        .bind(member)
        .bind(id)
        .bind(written_at)
        .fetch_optional(tx.db())
        .await?
    } else {
        let draft = Draft { text: input.text, reply_to: input.reply_to };
        let sealed = view::seal_draft(tx, member, id, &draft)?;
        sqlx::query_scalar(
            "insert into chat.draft as d (member_id, conversation_id, body, changed_at) values ($1, $2, $3, $4)
             on conflict on constraint draft_pkey do update set body = excluded.body, changed_at = excluded.changed_at
             where d.changed_at <= excluded.changed_at
             returning true",
        )
        .bind(member)
        .bind(id)
        .bind(sealed)
        .bind(written_at)
        .fetch_optional(tx.db())
        .await?
    };
    if written != Some(true) {
        return Err(Error::Conflict("chat.draft_is_newer"));
    }
    tx.emit(&DraftChanged { conversation: id, member })
}
