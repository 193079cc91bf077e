//! What happened to a conversation, as a line in it: numbered like a message, never counted as unread.

use chrono::SubsecRound;
use kernel::{Frame, Result, Tx};

use crate::body::Body;
use crate::days;
use crate::live::frames::MessageFrame;
use crate::model::{ConversationId, Message, MessageId, MessageState};
use crate::nodes::Said;
use crate::settings::Windows;

/// Writes the line in the name of the caller. The conversation must be locked by this transaction.
pub async fn write(tx: &mut Tx, conversation: ConversationId, body: Body) -> Result<Message> {
    let (author_id, now, windows) = (tx.member()?, tx.now().trunc_subsecs(3), Windows::load(tx).await?);
    let (seq, n, sent_at) = sqlx::query_as(
        "update chat.conversation set last_seq = last_seq + 1, last_at = greatest(last_at, $2) where id = $1
         returning last_seq, last_n, last_at",
    )
    .bind(conversation)
    .bind(now)
    .fetch_one(tx.db())
    .await?;
    let message = Message {
        id: MessageId(tx.new_id()),
        conversation_id: conversation,
        seq,
        n,
        author_id,
        sent_at,
        client_id: None,
        state: MessageState::Sent,
        edited_at: None,
        body: Some(body),
        kept_until: windows.kept_until(sent_at),
        edit_until: None,
        recall_until: None,
    };
    store(tx, &message).await?;
    let (frame, mut said) = (Frame::new(&MessageFrame::new("message", &message)), Said::new(tx.app()));
    let org = tx.org();
    said.add(org, &message);
    tx.on_commit(move |app| {
        app.hub().to_topic(org, conversation.0, &frame, None);
        said.tell(app);
    });
    Ok(message)
}

async fn store(tx: &mut Tx, message: &Message) -> Result<()> {
    let plain = message.body.as_ref().map(Body::to_bytes).transpose()?.unwrap_or_default();
    let (day, org) = (days::of(message.sent_at), tx.org());
    let sealed = tx.app().vault().seal_message(org.0, day, message.author_id.0, message.id.0, &plain)?;
    sqlx::query(
        "insert into chat.message (conversation_id, seq, sent_at, n, id, author_id, body) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(message.conversation_id)
    .bind(message.seq)
    .bind(message.sent_at)
    .bind(message.n)
    .bind(message.id)
    .bind(message.author_id)
    .bind(sealed)
    .execute(tx.db())
    .await?;
    Ok(())
}
