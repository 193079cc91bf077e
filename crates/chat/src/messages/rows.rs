//! Messages as they are stored, and how they are opened for somebody to read.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use kernel::{App, Error, MemberId, OrgId, Result, Tx, VaultError};

use crate::body::{Body, Quote};
use crate::days;
use crate::model::{ConversationId, Message, MessageId, MessageState};
use crate::seat::Seat;
use crate::settings::Windows;

/// A row of `chat.message`.
#[derive(Debug, sqlx::FromRow)]
pub struct MessageRow {
    pub conversation_id: ConversationId,
    pub seq: i64,
    pub sent_at: DateTime<Utc>,
    pub n: i64,
    pub id: MessageId,
    pub author_id: MemberId,
    pub state: MessageState,
    pub edited_at: Option<DateTime<Utc>>,
    pub body: Option<Vec<u8>>,
}

impl MessageRow {
    /// The row, locked: of two people who change one message the second sees what the first did.
    pub async fn lock(
        tx: &mut Tx,
        conversation: ConversationId,
        seq: i64,
        after: DateTime<Utc>,
    ) -> Result<Option<Self>> {
        Ok(sqlx::query_as(
            "select conversation_id, seq, sent_at, n, id, author_id, state, edited_at, body from chat.message
             where conversation_id = $1 and seq = $2 and sent_at > $3 for update",
        )
        .bind(conversation)
        .bind(seq)
        .bind(after)
        .fetch_optional(tx.db())
        .await?)
    }

    /// The message with its words; none when the key of its day is gone, which is the end of it.
    pub fn open(self, app: &App, org: OrgId, windows: &Windows) -> Result<Option<Message>> {
        let body = match &self.body {
            None => None,
            Some(sealed) => {
                let day = days::of(self.sent_at);
                match app.vault().open_message(org.0, day, self.author_id.0, self.id.0, sealed) {
                    Ok(plain) => Some(serde_json::from_slice::<Body>(&plain).context("reading the body of a message")?),
                    Err(VaultError::Destroyed | VaultError::Missing) => return Ok(None),
                    Err(error) => return Err(error.into()),
                }
            }
        };
        Ok(Some(self.with(body, windows)))
    }

    fn with(self, body: Option<Body>, windows: &Windows) -> Message {
        let is_text = matches!(body, Some(Body::Text(_)));
        Message {
            id: self.id,
            conversation_id: self.conversation_id,
            seq: self.seq,
            n: self.n,
            author_id: self.author_id,
            sent_at: self.sent_at,
            client_id: None,
            state: self.state,
            edited_at: self.edited_at,
            body,
            kept_until: windows.kept_until(self.sent_at),
            edit_until: is_text.then(|| windows.edit_until(self.sent_at)),
            recall_until: is_text.then(|| windows.recall_until(self.sent_at)),
        }
    }
}

/// Opens rows in their order and fills in what the answered messages say now.
pub async fn open_all(tx: &mut Tx, rows: Vec<MessageRow>, windows: &Windows) -> Result<Vec<Message>> {
    let org = tx.org();
    let mut messages = Vec::with_capacity(rows.len());
    for row in rows {
        messages.extend(row.open(tx.app(), org, windows)?);
    }
    fill_quotes(tx, &mut messages, windows).await?;
    Ok(messages)
}

/// An answer shows what the answered message says at the moment of reading: nothing, once that is recalled or expired.
/// Answering repeats the words to everybody who sees the answer, also to people who came later.
pub async fn fill_quotes(tx: &mut Tx, messages: &mut [Message], windows: &Windows) -> Result<()> {
    let (mut conversations, mut seqs) = (Vec::new(), Vec::new());
    for message in messages.iter() {
        if let Some(seq) = message.body.as_ref().and_then(Body::quoted) {
            conversations.push(message.conversation_id);
            seqs.push(seq);
        }
    }
    if seqs.is_empty() {
        return Ok(());
    }
    let hidden = windows.hidden_before(tx.now());
    let rows: Vec<MessageRow> = sqlx::query_as(
        "select m.conversation_id, m.seq, m.sent_at, m.n, m.id, m.author_id, m.state, m.edited_at, m.body
         from unnest($1::uuid[], $2::bigint[]) as q(conversation, seq)
         join chat.message m on m.conversation_id = q.conversation and m.seq = q.seq
         where m.sent_at > $3",
    )
    .bind(conversations)
    .bind(seqs)
    .bind(hidden)
    .fetch_all(tx.db())
    .await?;
    let org = tx.org();
    let mut quotes = HashMap::new();
    for row in rows {
        if let Some(message) = row.open(tx.app(), org, windows)? {
            let excerpt = message.body.as_ref().and_then(Body::excerpt);
            let quote = Quote { seq: message.seq, author_id: Some(message.author_id), excerpt };
            quotes.insert((message.conversation_id, message.seq), quote);
        }
    }
    for message in messages {
        let conversation = message.conversation_id;
        let Some(body) = message.body.as_mut() else { continue };
        if let Some(quote) = body.quoted().and_then(|seq| quotes.get(&(conversation, seq))) {
            body.set_quote(quote.clone());
        }
    }
    Ok(())
}

/// One message, as far as the holder of the seat can see it.
pub async fn find(tx: &mut Tx, seat: &Seat, seq: i64, windows: &Windows) -> Result<Message> {
    let hidden = windows.hidden_before(tx.now());
    let row: Option<MessageRow> = sqlx::query_as(
        "select conversation_id, seq, sent_at, n, id, author_id, state, edited_at, body from chat.message
         where conversation_id = $1 and seq = $2 and seq > $3 and sent_at > $4",
    )
    .bind(seat.id)
    .bind(seq)
    .bind(seat.hidden_until())
    .bind(hidden)
    .fetch_optional(tx.db())
    .await?;
    let org = tx.org();
    let message = row.map(|row| row.open(tx.app(), org, windows)).transpose()?.flatten();
    message.ok_or(Error::NotFound("message"))
}
