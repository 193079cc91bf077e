//! Reading: one cursor a member and conversation, with two ordinals. Unread counts and the list of readers are derived
//! from it, so that they cannot drift.

use axum::http::StatusCode;
use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::live::frames;
use crate::mentions::EVERYBODY;
use crate::model::ConversationId;
use crate::{nodes, notices};

/// In a larger group the cursor of one member is not told to all the others each time.
pub const TOLD_TO_ALL: i32 = 100;

/// How far one has read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadUpTo {
    /// The number of the last message read; a number beyond the last message means the last, one read before means
    /// nothing.
    pub seq: i64,
}

/// Mark messages as read
#[utoipa::path(
    post, path = "/v1/conversations/{conversation}/read", tag = "chat", operation_id = "readMessages",
    params(("conversation" = ConversationId, Path)),
    request_body = ReadUpTo,
    responses((status = 204)),
    extensions(("x-access" = json!("member of the conversation"))),
)]
pub async fn read_messages(
    cx: Cx,
    Path(conversation): Path<ConversationId>,
    Json(input): Json<ReadUpTo>,
) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    advance(&mut tx, conversation, input.seq).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(sqlx::FromRow)]
struct Cursor {
    old_seq: i64,
    read_seq: i64,
    read_n: i64,
    member_count: i32,
    is_mentioned: bool,
}

/// Moves the caller's cursor up to `seq`; it only ever rises. Reading also takes the mark "unread" away.
/// Emits nothing: a cursor is not an event, and a device that was away gets it by synchronising.
pub async fn advance(tx: &mut Tx, conversation: ConversationId, seq: i64) -> Result<()> {
    let (member, now) = (tx.member()?, tx.now());
    let cursor: Option<Cursor> = sqlx::query_as(
        "with place as (
             select m.read_seq, m.read_n, least($3, c.last_seq) as seq, c.member_count,
                 case when $3 >= c.last_seq then c.last_n
                      else coalesce((select x.n from chat.message x where x.conversation_id = $1 and x.seq <= $3
                                     order by x.seq desc limit 1), c.expired_n) end as n
             from chat.member m join chat.conversation c on c.id = m.conversation_id
             where m.conversation_id = $1 and m.member_id = $2)
         update chat.member m set read_seq = greatest(m.read_seq, p.seq), read_n = greatest(m.read_n, p.n),
             is_marked_unread = false, changed_at = $4
         from place p where m.conversation_id = $1 and m.member_id = $2
         returning p.read_seq as old_seq, m.read_seq, m.read_n, p.member_count, exists (
             select from chat.mention x where x.conversation_id = $1 and x.member_id in ($2, $5)
                 and x.seq > p.read_seq and x.seq <= m.read_seq) as is_mentioned",
    )
    .bind(conversation)
    .bind(member)
    .bind(seq)
    .bind(now)
    .bind(EVERYBODY)
    .fetch_optional(tx.db())
    .await?;
    let cursor = cursor.ok_or(Error::NotFound("conversation"))?;
    if cursor.is_mentioned {
        notices::read(tx, conversation, member, cursor.read_seq).await?;
    }
    let frame = frames::read(conversation, member, cursor.read_seq, cursor.read_n);
    // Of whoever had their data frozen nobody else learns what they have read (`DSR-04`).
    let is_told_to_all = cursor.member_count <= TOLD_TO_ALL
        && cursor.read_seq > cursor.old_seq
        && !directory::restricted(tx).await?.contains(&member);
    let org = tx.org();
    tx.on_commit(move |app| {
        if is_told_to_all {
            app.hub().to_topic(org, conversation.0, &frame, None);
        } else {
            app.hub().to_members(org, &[member], &frame);
        }
        nodes::read(app, org, conversation, member);
    });
    Ok(())
}
