//! Change the words of a message. It stays marked as edited, and nothing of the old words is kept, unless the organisation
//! keeps them.

use kernel::{Cx, Frame, Json, MemberId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{rows, versions};
use crate::body::{self, Body};
use crate::days;
use crate::events::MessageEdited;
use crate::index;
use crate::live::frames::MessageFrame;
use crate::mentions::{self, Mentioned};
use crate::model::{ConversationId, Message, MessageState};
use crate::policy::OwnMessage;
use crate::settings::Windows;

/// The new words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMessage {
    /// Markdown source, 1 to 20,000 bytes.
    pub text: String,
    /// The people named in it now.
    #[serde(default)]
    pub mentions: Option<Vec<MemberId>>,
    /// Whether it mentions everybody now; absent: as before.
    #[serde(default)]
    pub mentions_all: Option<bool>,
}

/// Edit a message
#[utoipa::path(
    patch, path = "/v1/conversations/{conversation}/messages/{seq}", tag = "chat", operation_id = "editMessage",
    params(("conversation" = ConversationId, Path), ("seq" = i64, Path)),
    request_body = EditMessage,
    responses((status = 200, body = Message)),
    extensions(
        ("x-access" = json!("author, within the organisation's window, while in the conversation")),
        ("x-errors" = json!([
            "forbidden", "chat.conversation_dissolved", "chat.message_gone", "chat.edit_window_over"
        ])),
    ),
)]
pub async fn edit_message(
    cx: Cx,
    Path((conversation, seq)): Path<(ConversationId, i64)>,
    Json(input): Json<EditMessage>,
) -> Result<Json<Message>> {
    let mut tx = cx.begin().await?;
    let windows = Windows::load(&mut tx).await?;
    let message = OwnMessage::load(&mut tx, conversation, seq, &windows).await?;
    let message = edit(&mut tx, &message, input, &windows).await?;
    tx.commit().await?;
    Ok(Json(message))
}

/// Overwrites the words at once, under the same day's key.
pub async fn edit(tx: &mut Tx, own: &OwnMessage, input: EditMessage, windows: &Windows) -> Result<Message> {
    let mut message = own.message().clone();
    let named_before = message.body.as_ref().map(Body::mentions).unwrap_or_default().to_vec();
    let Some(Body::Text(text)) = message.body.as_mut() else { return Ok(message) };
    text.text =
        if text.files.is_empty() { body::checked_text(input.text)? } else { body::checked_caption(input.text)? };
    text.mentions = body::checked_mentions(input.mentions.unwrap_or_default())?;
    // What mentioned everybody already may go on doing so.
    let mentions_all = input.mentions_all.unwrap_or(text.mentions_all);
    if mentions_all && !text.mentions_all {
        own.check_mentions_all()?;
    }
    text.mentions_all = mentions_all;
    let mentioned = text.mentions.clone();
    // Whoever was named and has been erased since may stay named.
    let named_anew: Vec<MemberId> = mentioned.iter().copied().filter(|id| !named_before.contains(id)).collect();
    mentions::check(tx, message.conversation_id, &named_anew).await?;
    if windows.keeps_edits {
        versions::keep(tx, own.message()).await?;
    }
    message.state = MessageState::Edited;
    message.edited_at = Some(tx.now());
    store(tx, &message).await?;
    index::renew(tx, &message).await?;
    mention_again(tx, &message, mentioned).await?;
    rows::fill_quotes(tx, std::slice::from_mut(&mut message), windows).await?;
    tx.emit(&MessageEdited { conversation: message.conversation_id, seq: message.seq })?;
    announce(tx, &message);
    Ok(message)
}

async fn store(tx: &mut Tx, message: &Message) -> Result<()> {
    let plain = message.body.as_ref().map(Body::to_bytes).transpose()?.unwrap_or_default();
    let (day, org) = (days::of(message.sent_at), tx.org());
    let sealed = tx.app().vault().seal_message(org.0, day, message.author_id.0, message.id.0, &plain)?;
    sqlx::query(
        "update chat.message set body = $4, state = 'edited', edited_at = $5
         where conversation_id = $1 and seq = $2 and sent_at = $3",
    )
    .bind(message.conversation_id)
    .bind(message.seq)
    .bind(message.sent_at)
    .bind(sealed)
    .bind(message.edited_at)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Who is named anew is told; who is not named any more is not shown the old words in the inbox.
async fn mention_again(tx: &mut Tx, message: &Message, mut members: Vec<MemberId>) -> Result<()> {
    let is_for_all = matches!(&message.body, Some(Body::Text(text)) if text.mentions_all);
    mentions::forget(tx, message.conversation_id, message.seq).await?;
    members.retain(|member| *member != message.author_id);
    if is_for_all {
        members.push(mentions::EVERYBODY);
    }
    let (conversation, seq, author, sent_at) =
        (message.conversation_id, message.seq, message.author_id, message.sent_at);
    mentions::insert(tx.db(), &[Mentioned { conversation, seq, author, sent_at, members }]).await?;
    let (org, body) = (tx.org(), message.body.clone());
    tx.on_commit(move |app| {
        if let Some(body) = body {
            mentions::wake(app, org, &body);
        }
    });
    Ok(())
}

/// Shows the message as it is now in every window that follows the conversation.
pub fn announce(tx: &mut Tx, message: &Message) {
    let frame = Frame::new(&MessageFrame::new("changed", message));
    let (org, conversation) = (tx.org(), message.conversation_id);
    tx.on_commit(move |app| app.hub().to_topic(org, conversation.0, &frame, None));
}
