//! Who has read a message and who has not: derived from everybody's one cursor.

use kernel::{Cx, Json, MemberId, Path, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use super::rows;
use crate::model::ConversationId;
use crate::policy::ReadableConversation;
use crate::settings::Windows;

/// The people of the conversation who could read the message, except its author.
#[derive(Serialize, ToSchema)]
pub struct Readers {
    /// Those who have.
    pub read: Vec<Reader>,
    /// Those who have not.
    pub unread: Vec<MemberId>,
}

/// Somebody who has read it.
#[derive(Serialize, ToSchema)]
pub struct Reader {
    /// Who.
    pub member_id: MemberId,
}

/// List readers
#[utoipa::path(
    get, path = "/v1/conversations/{conversation}/messages/{seq}/readers", tag = "chat", operation_id = "listReaders",
    params(("conversation" = ConversationId, Path), ("seq" = i64, Path)),
    responses((status = 200, body = Readers)),
    extensions(("x-access" = json!("member of the conversation"))),
)]
pub async fn list_readers(cx: Cx, Path((conversation, seq)): Path<(ConversationId, i64)>) -> Result<Json<Readers>> {
    let mut tx = cx.begin().await?;
    let conversation = ReadableConversation::load(&mut tx, conversation).await?;
    let readers = readers(&mut tx, &conversation, seq).await?;
    tx.commit().await?;
    Ok(Json(readers))
}

/// Whoever came in later and does not see the message is in neither list, nor is anybody who had their data frozen (`DSR-04`).
pub async fn readers(tx: &mut Tx, conversation: &ReadableConversation, seq: i64) -> Result<Readers> {
    let windows = Windows::load(tx).await?;
    let message = rows::find(tx, conversation.seat(), seq, &windows).await?;
    let mut members: Vec<(MemberId, bool)> = sqlx::query_as(
        "select member_id, read_seq >= $2 from chat.member
         where conversation_id = $1 and start_seq < $2 and joined_at <= $4 and member_id <> $3 order by member_id",
    )
    .bind(conversation.id())
    .bind(seq)
    .bind(message.author_id)
    .bind(message.sent_at)
    .fetch_all(tx.db())
    .await?;
    let restricted = directory::restricted(tx).await?;
    members.retain(|(member, _)| !restricted.contains(member));
    let (read, unread): (Vec<_>, Vec<_>) = members.into_iter().partition(|(_, has_read)| *has_read);
    Ok(Readers {
        read: read.into_iter().map(|(member_id, _)| Reader { member_id }).collect(),
        unread: unread.into_iter().map(|(member_id, _)| member_id).collect(),
    })
}
