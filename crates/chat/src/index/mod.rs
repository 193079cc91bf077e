//! What of messages can be found (`SRCH-01`): their words as they are read and what their files are called, put into the blind index
//! beside the way of an acknowledgement. `follow.rs` keeps up with what is said; what is changed or taken back is
//! forgotten in the transaction that does it. While search in messages is off for everybody nothing is put in (`ORG-12`).

pub mod again;
pub mod follow;

use chrono::{DateTime, Utc};
use files::FileKind;
use kernel::{Result, Tx};
use search::{Entry, Terms};

use crate::body::{Body, Text};
use crate::model::{ConversationId, Message};
use crate::plain::plain;

/// What messages are indexed as.
pub const KIND: &str = "chat.message";
/// Mark of a message that carries something other than pictures.
pub const HAS_FILE: i32 = 1;
/// Mark of a message that carries a picture.
pub const HAS_PICTURE: i32 = 2;

/// How a message is found; `None` when there is nothing in it that somebody said.
fn entry(message: &Message) -> Option<Entry> {
    let Some(Body::Text(text)) = &message.body else { return None };
    let mut terms = terms(text);
    terms.add_mark(search::mark(message.author_id.0));
    terms.add_mark(search::mark(message.conversation_id.0));
    Some(Entry {
        scope: message.conversation_id.0,
        place: message.seq,
        at: message.sent_at,
        reference: message.id.0,
        terms,
    })
}

fn terms(text: &Text) -> Terms {
    let mut terms = Terms::default();
    terms.add(&plain(&text.text));
    for file in &text.files {
        terms.add(&file.name);
        terms.add_mark(if file.kind == FileKind::Picture { HAS_PICTURE } else { HAS_FILE });
    }
    terms
}

/// Whoever changes what has been said holds this until the end of the transaction: nothing is indexed meanwhile, so
/// that old words cannot come after new ones. Answers how far the conversation is indexed.
async fn hold(tx: &mut Tx, conversation: ConversationId) -> Result<i64> {
    sqlx::query(
        "insert into chat.indexed (conversation_id, seq) values ($1, 0) on conflict on constraint indexed_pkey do nothing",
    )
    .bind(conversation)
    .execute(tx.db())
    .await?;
    Ok(sqlx::query_scalar("select seq from chat.indexed where conversation_id = $1 for update")
        .bind(conversation)
        .fetch_one(tx.db())
        .await?)
}

/// Has a message that was changed found by what it says now and by nothing else; one that says nothing any more, not at
/// all. One that has not been indexed yet will be as it is then.
pub async fn renew(tx: &mut Tx, message: &Message) -> Result<()> {
    let indexed = hold(tx, message.conversation_id).await?;
    search::forget(tx, KIND, message.conversation_id.0, message.seq, message.sent_at).await?;
    if message.seq > indexed {
        return Ok(());
    }
    if !search::is_collecting(tx).await? {
        return go_back(tx, message.conversation_id, message.seq - 1).await;
    }
    let entry = entry(message);
    search::put(tx, KIND, entry.as_slice()).await
}

/// What comes after this is indexed again once the index is collected for; what is in it already stays.
async fn go_back(tx: &mut Tx, conversation: ConversationId, seq: i64) -> Result<()> {
    sqlx::query("update chat.indexed set seq = least(seq, $2) where conversation_id = $1")
        .bind(conversation)
        .bind(seq)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Forgets what of a conversation is past the time it is kept.
pub async fn forget_through(tx: &mut Tx, conversation: ConversationId, seq: i64, until: DateTime<Utc>) -> Result<u64> {
    hold(tx, conversation).await?;
    search::forget_through(tx, KIND, conversation.0, seq, until).await
}
