//! Repeat a message in other conversations, saying whose words they are. The copy is a message of its own: it is kept
//! as long as one, and recalling the first does not reach it.

use axum::http::StatusCode;
use files::Carrier;
use kernel::{App, Cx, Error, Json, MemberId, OrgId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::rows;
use super::send::{self, Sending};
use crate::FEATURE;
use crate::body::{Body, Forwarded, Text};
use crate::model::ConversationId;
use crate::policy::{PostableConversation, ReadableConversation};
use crate::settings::Windows;

const MAX_CONVERSATIONS: usize = 20;

/// Where to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForwardMessage {
    /// At most 20.
    pub conversation_ids: Vec<ConversationId>,
    /// One for each, in the same order.
    pub client_ids: Vec<Uuid>,
}

/// Forward a message
#[utoipa::path(
    post, path = "/v1/conversations/{conversation}/messages/{seq}/forward", tag = "chat", operation_id = "forwardMessage",
    params(("conversation" = ConversationId, Path), ("seq" = i64, Path)),
    request_body = ForwardMessage,
    responses((status = 204)),
    extensions(
        ("x-access" = json!("member of the conversation, and of those it goes to")),
        ("x-errors" = json!([
            "chat.conversation_dissolved", "chat.message_gone", "chat.client_id_reused", "forbidden",
            "chat.slow_down", "chat.not_written", "stopping"
        ])),
    ),
)]
pub async fn forward_message(
    cx: Cx,
    Path((conversation, seq)): Path<(ConversationId, i64)>,
    Json(input): Json<ForwardMessage>,
) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let conversation = ReadableConversation::load(&mut tx, conversation).await?;
    let text = words(&mut tx, &conversation, seq).await?;
    let sendings = address(&mut tx, &text, input).await?;
    tx.commit().await?;
    send_all(cx.app(), cx.org, cx.member, sendings).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The words of a message and whose they are; forwarded once more they stay the first author's.
async fn words(tx: &mut Tx, conversation: &ReadableConversation, seq: i64) -> Result<Text> {
    let windows = Windows::load(tx).await?;
    let message = rows::find(tx, conversation.seat(), seq, &windows).await?;
    let Some(Body::Text(text)) = message.body else { return Err(Error::Conflict("chat.message_gone")) };
    let first = Forwarded { author_id: message.author_id, sent_at: message.sent_at };
    Ok(Text { forwarded: Some(text.forwarded.unwrap_or(first)), files: text.files, ..Text::new(text.text) })
}

/// Checks every address before the first copy goes out: all of them or none.
async fn address(tx: &mut Tx, text: &Text, input: ForwardMessage) -> Result<Vec<Sending>> {
    let ForwardMessage { conversation_ids, client_ids } = input;
    if conversation_ids.is_empty() || conversation_ids.len() > MAX_CONVERSATIONS {
        return Err(Error::Invalid { field: "conversation_ids", why: "one_to_twenty" });
    }
    if client_ids.len() != conversation_ids.len() {
        return Err(Error::Invalid { field: "client_ids", why: "one_for_each" });
    }
    let mut sendings = Vec::with_capacity(client_ids.len());
    for (conversation, client_id) in conversation_ids.into_iter().zip(client_ids) {
        PostableConversation::load(tx, conversation).await?;
        let carrier = Carrier { feature: FEATURE, scope: conversation.0, id: client_id };
        let files = files::copy(tx, &text.files, carrier).await?;
        sendings.push(Sending { conversation, client_id, body: Text { files, ..text.clone() }, file_ids: Vec::new() });
    }
    Ok(sendings)
}

async fn send_all(app: &App, org: OrgId, author: MemberId, sendings: Vec<Sending>) -> Result<()> {
    for sending in sendings {
        send::send(app, org, author, sending).await?;
    }
    Ok(())
}
