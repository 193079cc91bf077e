//! Messages reach the windows of this node. Each is read before its conversation's people are: whoever was taken out
//! before it was written is not among them any more (`IM-16`).

use std::collections::{BTreeSet, HashMap};

use kernel::{Frame, MemberId, Result, Tx};

use super::told::Told;
use crate::live::frames::MessageFrame;
use crate::messages::rows::{self, MessageRow};
use crate::model::{ConversationId, Message};
use crate::settings::Windows;

/// Members with a window here, and the number after which each sees messages.
pub type Seats = HashMap<ConversationId, Vec<(MemberId, i64)>>;

/// Shows those that were not told here yet.
pub async fn show_new(tx: Tx, mut rows: Vec<MessageRow>, windows: &Windows) -> Result<()> {
    let (told, org, now) = (tx.app().state::<Told>(), tx.org(), tx.now());
    rows.retain(|row| !told.has((org, row.conversation_id), row.seq));
    let new: Vec<(ConversationId, i64)> = rows.iter().map(|row| (row.conversation_id, row.seq)).collect();
    show(tx, rows, "message", windows).await?;
    for (conversation, seq) in new {
        told.note((org, conversation), (seq, seq), now);
    }
    Ok(())
}

/// Opens the messages and sends them to the windows of those who are in their conversations now.
pub async fn show(mut tx: Tx, rows: Vec<MessageRow>, kind: &'static str, windows: &Windows) -> Result<()> {
    if rows.is_empty() {
        return tx.commit().await;
    }
    let messages = rows::open_all(&mut tx, rows, windows).await?;
    let here = seats(&mut tx, &messages.iter().map(|message| message.conversation_id).collect()).await?;
    let (app, org) = (tx.app().clone(), tx.org());
    tx.commit().await?;
    for message in &messages {
        app.hub().to_members(org, &seeing(&here, message), &Frame::new(&MessageFrame::new(kind, message)));
    }
    Ok(())
}

fn seeing(here: &Seats, message: &Message) -> Vec<MemberId> {
    let seats = here.get(&message.conversation_id).into_iter().flatten();
    seats.filter(|(_, start)| *start < message.seq).map(|(member, _)| *member).collect()
}

/// Who of these conversations has a window here.
pub async fn seats(tx: &mut Tx, conversations: &BTreeSet<ConversationId>) -> Result<Seats> {
    let online = tx.app().hub().online(tx.org());
    let rows: Vec<(ConversationId, MemberId, i64)> = sqlx::query_as(
        "select conversation_id, member_id, start_seq from chat.member
         where conversation_id = any($1) and member_id = any($2)",
    )
    .bind(conversations.iter().copied().collect::<Vec<_>>())
    .bind(online)
    .fetch_all(tx.db())
    .await?;
    let mut seats = Seats::new();
    for (conversation, member, start) in rows {
        seats.entry(conversation).or_default().push((member, start));
    }
    Ok(seats)
}
