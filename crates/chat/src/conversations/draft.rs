//! What one has begun to write follows from device to device. It is sealed under one's own key.

use axum::http::StatusCode;
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
}

/// Keep a draft
#[utoipa::path(
    put, path = "/v1/conversations/{conversation}/draft", tag = "chat", operation_id = "putDraft",
    params(("conversation" = ConversationId, Path)),
    request_body = PutDraft,
    responses((status = 204)),
    extensions(("x-access" = json!("member of the conversation; one's own draft only"))),
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

/// The last device to write wins; it is one person.
pub async fn put(tx: &mut Tx, conversation: &ReadableConversation, input: PutDraft) -> Result<()> {
    if input.text.len() > MAX_TEXT {
        return Err(Error::Invalid { field: "text", why: "too_long" });
    }
    let (member, now, id) = (conversation.seat().member_id, tx.now(), conversation.id());
    if input.text.is_empty() {
        sqlx::query("delete from chat.draft where member_id = $1 and conversation_id = $2")
            .bind(member)
            .bind(id)
            .execute(tx.db())
            .await?;
    } else {
        let draft = Draft { text: input.text, reply_to: input.reply_to };
        let sealed = view::seal_draft(tx, member, id, &draft)?;
        sqlx::query(
            "insert into chat.draft (member_id, conversation_id, body, changed_at) values ($1, $2, $3, $4)
             on conflict on constraint draft_pkey do update set body = excluded.body, changed_at = excluded.changed_at",
        )
        .bind(member)
        .bind(id)
        .bind(sealed)
        .bind(now)
        .execute(tx.db())
        .await?;
    }
    tx.emit(&DraftChanged { conversation: id, member })
}
