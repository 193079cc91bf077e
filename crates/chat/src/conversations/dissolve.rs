//! End a group. What was said stays readable until its time is over; nobody can write any more.

use axum::http::StatusCode;
use kernel::{Cx, Path, Result, Tx};

use crate::body::{Body, Happening};
use crate::events::ConversationChanged;
use crate::messages::system;
use crate::model::ConversationId;
use crate::policy::OwnedConversation;

/// Dissolve a group
#[utoipa::path(
    post, path = "/v1/conversations/{conversation}/dissolve", tag = "chat", operation_id = "dissolveConversation",
    params(("conversation" = ConversationId, Path)),
    responses((status = 204)),
    extensions(
        ("x-access" = json!("owner of the group")),
        ("x-errors" = json!(["forbidden", "chat.not_a_group", "chat.conversation_dissolved"])),
    ),
)]
pub async fn dissolve_conversation(cx: Cx, Path(conversation): Path<ConversationId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let owned = OwnedConversation::load(&mut tx, conversation).await?;
    dissolve(&mut tx, &owned).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The writer refuses every message that comes after this.
pub async fn dissolve(tx: &mut Tx, owned: &OwnedConversation) -> Result<()> {
    let now = tx.now();
    system::write(tx, owned.id(), Body::system(Happening::Dissolved, Vec::new(), None)).await?;
    sqlx::query("update chat.conversation set dissolved_at = $2 where id = $1")
        .bind(owned.id())
        .bind(now)
        .execute(tx.db())
        .await?;
    tx.emit(&ConversationChanged { conversation: owned.id() })
}
