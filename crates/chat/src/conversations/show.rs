//! One conversation.

use axum::http::HeaderMap;
use directory::edition_tag;
use kernel::{Cx, Error, Json, Path, Result, Tx};

use super::view;
use crate::model::{Conversation, ConversationId};
use crate::policy::ReadableConversation;

/// Show a conversation
#[utoipa::path(
    get, path = "/v1/conversations/{conversation}", tag = "chat", operation_id = "showConversation",
    params(("conversation" = ConversationId, Path)),
    responses((status = 200, body = Conversation)),
    extensions(("x-access" = json!("member of the conversation"))),
)]
pub async fn show_conversation(
    cx: Cx,
    Path(conversation): Path<ConversationId>,
) -> Result<(HeaderMap, Json<Conversation>)> {
    let mut tx = cx.begin().await?;
    let conversation = show(&mut tx, conversation).await?;
    tx.commit().await?;
    Ok((edition_tag(conversation.revision), Json(conversation)))
}

/// The conversation as it is now, as the caller sees it.
pub async fn show(tx: &mut Tx, id: ConversationId) -> Result<Conversation> {
    let readable = ReadableConversation::load(tx, id).await?;
    let views = view::of(tx, vec![readable.seat().clone()]).await?;
    views.into_iter().next().ok_or(Error::NotFound("conversation"))
}
