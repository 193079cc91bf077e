//! Appoint an administrator of a group, or end that.

use axum::http::StatusCode;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::people;
use crate::events::MembersChanged;
use crate::model::{ConversationId, Role};
use crate::policy::OwnedConversation;

/// The role to have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRole {
    /// `administrator` or `member`; a group gets another owner by being given away.
    pub role: Role,
}

/// Set somebody's role in a group
#[utoipa::path(
    put, path = "/v1/conversations/{conversation}/members/{member}/role", tag = "chat", operation_id = "setConversationRole",
    params(("conversation" = ConversationId, Path), ("member" = MemberId, Path)),
    request_body = SetRole,
    responses((status = 204)),
    extensions(
        ("x-access" = json!("owner of the group")),
        ("x-errors" = json!(["forbidden", "chat.not_a_group", "chat.conversation_dissolved"])),
    ),
)]
pub async fn set_conversation_role(
    cx: Cx,
    Path((conversation, member)): Path<(ConversationId, MemberId)>,
    Json(input): Json<SetRole>,
) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let owned = OwnedConversation::load(&mut tx, conversation).await?;
    set(&mut tx, &owned, member, input.role).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The owner stays the owner.
pub async fn set(tx: &mut Tx, owned: &OwnedConversation, member: MemberId, role: Role) -> Result<()> {
    if role == Role::Owner || member == owned.seat().member_id {
        return Err(Error::Invalid { field: "role", why: "owner_by_transfer_only" });
    }
    people::set_role(tx, owned.id(), member, role).await?;
    tx.emit(&MembersChanged { conversation: owned.id(), added: Vec::new(), removed: Vec::new() })
}
