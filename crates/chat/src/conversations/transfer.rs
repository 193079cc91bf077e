//! Give a group to somebody else in it. Whoever owned it looks after it from then on.

use axum::http::StatusCode;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::body::{Body, Happening};
use crate::events::MembersChanged;
use crate::members::people;
use crate::messages::system;
use crate::model::{ConversationId, Role};
use crate::policy::OwnedConversation;

/// The new owner.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferConversation {
    /// Somebody in the group.
    pub member_id: MemberId,
}

/// Transfer a group
#[utoipa::path(
    post, path = "/v1/conversations/{conversation}/transfer", tag = "chat", operation_id = "transferConversation",
    params(("conversation" = ConversationId, Path)),
    request_body = TransferConversation,
    responses((status = 204)),
    extensions(
        ("x-access" = json!("owner of the group")),
        ("x-errors" = json!(["forbidden", "chat.not_a_group", "chat.conversation_dissolved"])),
    ),
)]
pub async fn transfer_conversation(
    cx: Cx,
    Path(conversation): Path<ConversationId>,
    Json(input): Json<TransferConversation>,
) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let owned = OwnedConversation::load(&mut tx, conversation).await?;
    transfer(&mut tx, &owned, input.member_id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// There is exactly one owner before and after.
pub async fn transfer(tx: &mut Tx, owned: &OwnedConversation, to: MemberId) -> Result<()> {
    let from = owned.seat().member_id;
    if to == from {
        return Err(Error::Invalid { field: "member_id", why: "is_self" });
    }
    people::set_role(tx, owned.id(), to, Role::Owner).await?;
    people::set_role(tx, owned.id(), from, Role::Administrator).await?;
    system::write(tx, owned.id(), Body::system(Happening::Transferred, vec![to], None)).await?;
    tx.emit(&MembersChanged { conversation: owned.id(), added: Vec::new(), removed: Vec::new() })
}
