//! Go from a group.

use axum::http::StatusCode;
use kernel::{Cx, Error, Path, Result, Tx};

use super::people;
use crate::body::{Body, Happening};
use crate::events::{MembersChanged, MyChanged};
use crate::messages::system;
use crate::model::{ConversationId, Role};
use crate::policy::JoinedGroup;

/// Leave a group
#[utoipa::path(
    post, path = "/v1/conversations/{conversation}/leave", tag = "chat", operation_id = "leaveConversation",
    params(("conversation" = ConversationId, Path)),
    responses((status = 204)),
    extensions(
        ("x-access" = json!("member of the group; its owner gives it away first")),
        ("x-errors" = json!(["chat.not_a_group", "chat.conversation_dissolved", "chat.owner_must_transfer"])),
    ),
)]
pub async fn leave_conversation(cx: Cx, Path(conversation): Path<ConversationId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let group = JoinedGroup::load(&mut tx, conversation).await?;
    leave(&mut tx, &group).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A group always has its owner: who owns it gives it away or dissolves it first.
pub async fn leave(tx: &mut Tx, group: &JoinedGroup) -> Result<()> {
    let (id, me) = (group.id(), group.seat().member_id);
    if group.seat().role == Role::Owner {
        return Err(Error::Conflict("chat.owner_must_transfer"));
    }
    system::write(tx, id, Body::system(Happening::Left, vec![me], None)).await?;
    people::delete(tx, id, me).await?;
    tx.emit(&MembersChanged { conversation: id, added: Vec::new(), removed: vec![me] })?;
    tx.emit(&MyChanged { conversation: id, members: vec![me] })?;
    people::unfollow(tx, id, me);
    Ok(())
}
