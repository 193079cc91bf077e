//! Take somebody out of a group. They lose it at once, in every open window too (`IM-16`).

use axum::http::StatusCode;
use kernel::{Cx, MemberId, Path, Result, Tx};

use super::people;
use crate::body::{Body, Happening};
use crate::events::{MembersChanged, MyChanged};
use crate::messages::system;
use crate::model::ConversationId;
use crate::policy::ManagedConversation;

/// Remove somebody from a group
#[utoipa::path(
    delete, path = "/v1/conversations/{conversation}/members/{member}", tag = "chat", operation_id = "removeConversationMember",
    params(("conversation" = ConversationId, Path), ("member" = MemberId, Path)),
    responses((status = 204)),
    extensions(
        ("x-access" = json!("owner or administrator of the group; not an equal")),
        ("x-errors" = json!(["forbidden", "chat.not_a_group", "chat.conversation_dissolved"])),
    ),
)]
pub async fn remove_conversation_member(
    cx: Cx,
    Path((conversation, member)): Path<(ConversationId, MemberId)>,
) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let managed = ManagedConversation::load(&mut tx, conversation).await?;
    remove(&mut tx, &managed, member).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whoever is taken out is told that the conversation is not theirs any more, and nothing else of it.
pub async fn remove(tx: &mut Tx, managed: &ManagedConversation, member: MemberId) -> Result<()> {
    let role = people::role_of(tx, managed.id(), member).await?;
    managed.may_remove(member, role)?;
    system::write(tx, managed.id(), Body::system(Happening::Removed, vec![member], None)).await?;
    people::delete(tx, managed.id(), member).await?;
    tx.emit(&MembersChanged { conversation: managed.id(), added: Vec::new(), removed: vec![member] })?;
    tx.emit(&MyChanged { conversation: managed.id(), members: vec![member] })?;
    people::unfollow(tx, managed.id(), member);
    Ok(())
}
