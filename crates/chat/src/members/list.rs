//! Who is in a conversation, and how far each has read.

use chrono::{DateTime, Utc};
use kernel::{Cx, Json, Limit, MemberId, Page, Path, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{ConversationId, Role};
use crate::policy::ReadableConversation;

/// Somebody in a conversation.
#[derive(Serialize, sqlx::FromRow, ToSchema)]
pub struct ConversationMember {
    /// Who.
    pub member_id: MemberId,
    /// What they may do.
    pub role: Role,
    /// Since when.
    pub joined_at: DateTime<Utc>,
    /// Read up to here; absent of somebody else who had their data frozen (`DSR-04`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_seq: Option<i64>,
}

/// Where the page begins.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// `next` of the page before.
    pub after: Option<MemberId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List the people of a conversation
#[utoipa::path(
    get, path = "/v1/conversations/{conversation}/members", tag = "chat", operation_id = "listConversationMembers",
    params(("conversation" = ConversationId, Path), After),
    responses((status = 200, body = Page<ConversationMember>)),
    extensions(("x-access" = json!("member of the conversation"))),
)]
pub async fn list_conversation_members(
    cx: Cx,
    Path(conversation): Path<ConversationId>,
    Query(wanted): Query<After>,
) -> Result<Json<Page<ConversationMember>>> {
    let mut tx = cx.begin().await?;
    let conversation = ReadableConversation::load(&mut tx, conversation).await?;
    let page = list(&mut tx, &conversation, wanted.after, wanted.limit).await?;
    tx.commit().await?;
    Ok(Json(page))
}

/// A page of the people, in the order of their ids.
pub async fn list(
    tx: &mut Tx,
    conversation: &ReadableConversation,
    after: Option<MemberId>,
    limit: Limit,
) -> Result<Page<ConversationMember>> {
    let mut members: Vec<ConversationMember> = sqlx::query_as(
        "select member_id, role, joined_at, read_seq from chat.member
         where conversation_id = $1 and ($2::uuid is null or member_id > $2) order by member_id limit $3",
    )
    .bind(conversation.id())
    .bind(after)
    .bind(i64::try_from(limit.get() + 1).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    let (me, restricted) = (tx.member()?, directory::restricted(tx).await?);
    for member in members.iter_mut().filter(|one| one.member_id != me && restricted.contains(&one.member_id)) {
        member.read_seq = None;
    }
    Ok(Page::of(members, limit.get(), |member: &ConversationMember| member.member_id.to_string()))
}
