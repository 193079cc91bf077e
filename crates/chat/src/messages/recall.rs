//! Take a message back, or away. Its place stays, so that everybody sees that there was one; the words are gone at
//! once, here and wherever they were repeated by the program.

use axum::http::StatusCode;
use kernel::{Cx, Path, Result, Tx};

use super::{edit, versions};
use crate::events::MessageRecalled;
use crate::index;
use crate::mentions;
use crate::model::{ConversationId, MessageState};
use crate::policy::RecallableMessage;
use crate::settings::Windows;

/// Recall or remove a message
#[utoipa::path(
    post, path = "/v1/conversations/{conversation}/messages/{seq}/recall", tag = "chat", operation_id = "recallMessage",
    params(("conversation" = ConversationId, Path), ("seq" = i64, Path)),
    responses((status = 204)),
    extensions(
        ("x-access" = json!("author, within the organisation's window; owner and administrators of the group")),
        ("x-errors" = json!([
            "forbidden", "chat.conversation_dissolved", "chat.message_gone", "chat.recall_window_over"
        ])),
    ),
)]
pub async fn recall_message(cx: Cx, Path((conversation, seq)): Path<(ConversationId, i64)>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let windows = Windows::load(&mut tx).await?;
    let message = RecallableMessage::load(&mut tx, conversation, seq, &windows).await?;
    recall(&mut tx, &message).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Overwrites the words with nothing.
pub async fn recall(tx: &mut Tx, recallable: &RecallableMessage) -> Result<()> {
    let mut message = recallable.message().clone();
    message.state = recallable.becomes();
    message.edited_at = Some(tx.now());
    message.body = None;
    message.edit_until = None;
    message.recall_until = None;
    sqlx::query(
        "update chat.message set body = null, state = $4, edited_at = $5
         where conversation_id = $1 and seq = $2 and sent_at = $3",
    )
    .bind(message.conversation_id)
    .bind(message.seq)
    .bind(message.sent_at)
    .bind(message.state)
    .bind(message.edited_at)
    .execute(tx.db())
    .await?;
    // Whoever had not read it has nothing left to read.
    sqlx::query("insert into chat.recalled (conversation_id, seq, n) values ($1, $2, $3)")
        .bind(message.conversation_id)
        .bind(message.seq)
        .bind(message.n)
        .execute(tx.db())
        .await?;
    versions::forget(tx, &message).await?;
    index::renew(tx, &message).await?;
    mentions::forget(tx, message.conversation_id, message.seq).await?;
    files::detach(tx, message.conversation_id.0, message.seq).await?;
    let is_removal = message.state == MessageState::Removed;
    tx.emit(&MessageRecalled { conversation: message.conversation_id, seq: message.seq, is_removal })?;
    edit::announce(tx, &message);
    Ok(())
}
