//! One's own side of a conversation: mute, pin, hide, mark unread. The same on all devices, and nobody else's business.

use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::show;
use crate::events::MyChanged;
use crate::model::{Conversation, ConversationId};
use crate::policy::ReadableConversation;

/// What is to be different; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMy {
    /// No notifications.
    #[serde(default)]
    pub is_muted: Option<bool>,
    /// At the top of the list.
    #[serde(default)]
    pub is_pinned: Option<bool>,
    /// Marked unread until one reads it.
    #[serde(default)]
    pub is_marked_unread: Option<bool>,
    /// Out of the list until something is said.
    #[serde(default)]
    pub is_hidden: Option<bool>,
}

/// Change one's own side of a conversation
#[utoipa::path(
    patch, path = "/v1/conversations/{conversation}/my", tag = "chat", operation_id = "changeMyConversation",
    params(("conversation" = ConversationId, Path)),
    request_body = ChangeMy,
    responses((status = 200, body = Conversation)),
    extensions(("x-access" = json!("member of the conversation; one's own side only"))),
)]
pub async fn change_my_conversation(
    cx: Cx,
    Path(conversation): Path<ConversationId>,
    Json(input): Json<ChangeMy>,
) -> Result<Json<Conversation>> {
    let mut tx = cx.begin().await?;
    let readable = ReadableConversation::load(&mut tx, conversation).await?;
    change(&mut tx, &readable, input).await?;
    let conversation = show::show(&mut tx, conversation).await?;
    tx.commit().await?;
    Ok(Json(conversation))
}

/// Hiding remembers where the conversation ended, so that it comes back by itself with whatever comes after.
pub async fn change(tx: &mut Tx, readable: &ReadableConversation, input: ChangeMy) -> Result<()> {
    let ChangeMy { is_muted, is_pinned, is_marked_unread, is_hidden } = input;
    if [is_muted, is_pinned, is_marked_unread, is_hidden].iter().all(Option::is_none) {
        return Err(Error::Invalid { field: "body", why: "empty" });
    }
    let (member, now) = (readable.seat().member_id, tx.now());
    sqlx::query(
        "update chat.member m set
             is_muted = coalesce($3, m.is_muted), is_pinned = coalesce($4, m.is_pinned),
             is_marked_unread = coalesce($5, m.is_marked_unread),
             hidden_seq = case $6::boolean when true then c.last_seq when false then -1 else m.hidden_seq end,
             changed_at = $7
         from chat.conversation c where m.conversation_id = $1 and m.member_id = $2 and c.id = $1",
    )
    .bind(readable.id())
    .bind(member)
    .bind(is_muted)
    .bind(is_pinned)
    .bind(is_marked_unread)
    .bind(is_hidden)
    .bind(now)
    .execute(tx.db())
    .await?;
    tx.emit(&MyChanged { conversation: readable.id(), members: vec![member] })
}
