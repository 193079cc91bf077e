//! Say something in a conversation.

use axum::http::StatusCode;
use files::{Carrier, FileId};
use kernel::{Actor, App, Cx, Error, Json, MemberId, OrgId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::rows;
use crate::FEATURE;
use crate::body::{Body, NewBody, Text};
use crate::days;
use crate::mentions;
use crate::model::{ConversationId, Message, MessageState};
use crate::policy::PostableConversation;
use crate::settings::{self, Windows};
use crate::writer::{self, Job, Outcome, Reply};

/// A message to send.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendMessage {
    /// A UUIDv7 made by the device when the person pressed "send"; the same one again is the same message.
    pub client_id: Uuid,
    /// What it says.
    pub body: NewBody,
}

/// A message that may be sent as far as its content goes.
pub struct Sending {
    /// Where.
    pub conversation: ConversationId,
    /// The device's id for it.
    pub client_id: Uuid,
    /// What it says.
    pub body: Text,
    /// What the author has uploaded for it.
    pub file_ids: Vec<FileId>,
}

impl Sending {
    /// What a device wants sent, as far as its content goes.
    pub fn new(conversation: ConversationId, client_id: Uuid, body: NewBody) -> Result<Self> {
        let (body, file_ids) = body.check()?;
        Ok(Self { conversation, client_id, body, file_ids })
    }
}

/// Send a message
///
/// While sending files is switched off for the caller, one that carries files is refused with `applications.off`, also when they
/// were uploaded before.
#[utoipa::path(
    post, path = "/v1/conversations/{conversation}/messages", tag = "chat", operation_id = "sendMessage",
    params(("conversation" = ConversationId, Path)),
    request_body = SendMessage,
    responses(
        (status = 201, body = Message, description = "It is durable"),
        (status = 200, body = Message, description = "It was already, under the same client id"),
    ),
    extensions(
        ("x-access" = json!("member of the conversation, until it is dissolved")),
        ("x-errors" = json!([
            "applications.off", "chat.conversation_dissolved", "chat.message_gone", "chat.client_id_reused", "forbidden",
            "chat.slow_down", "chat.not_written", "stopping"
        ])),
    ),
)]
pub async fn send_message(
    cx: Cx,
    Path(conversation): Path<ConversationId>,
    Json(input): Json<SendMessage>,
) -> Result<(StatusCode, Json<Message>)> {
    let mut tx = cx.begin().await?;
    PostableConversation::load(&mut tx, conversation).await?;
    tx.commit().await?;
    let sending = Sending::new(conversation, input.client_id, input.body)?;
    let (status, message) = send(cx.app(), cx.org, cx.member, sending).await?;
    Ok((status, Json(message)))
}

/// Sends and waits until the message is durable. The writer checks the author's membership in the statement that
/// writes: whoever was taken out meanwhile is refused there (`IM-16`).
pub async fn send(app: &App, org: OrgId, author: MemberId, sending: Sending) -> Result<(StatusCode, Message)> {
    let client_id = sending.client_id;
    let job = prepare(app, org, author, sending).await?;
    let (status, mut message) = match writer::write(app, job).await? {
        Outcome::Written(message) => (StatusCode::CREATED, message),
        Outcome::Known(message) => (StatusCode::OK, message),
    };
    message.client_id = Some(client_id);
    Ok((status, message))
}

/// What the writer needs to know of a message. Reads the database only for an answer's quote, for the people
/// it names, or when the organisation's settings are not at hand.
pub async fn prepare(
    app: &App,
    org: OrgId,
    author: MemberId,
    sending: Sending,
) -> Result<impl FnOnce(Reply) -> Job + use<>> {
    let Some(client_day) = days::of_client_id(sending.client_id, app.now()) else {
        return Err(Error::Invalid { field: "client_id", why: "not_recent" });
    };
    let windows = settings::at_hand(app, org).await?;
    let mut text = sending.body;
    if !sending.file_ids.is_empty() {
        let mut tx = app.begin(org, Actor::Member(author)).await?;
        PostableConversation::load(&mut tx, sending.conversation).await?;
        let carrier = Carrier { feature: FEATURE, scope: sending.conversation.0, id: sending.client_id };
        text.files = files::attach(&mut tx, &sending.file_ids, carrier).await?;
        tx.commit().await?;
    }
    let mut body = Body::Text(text);
    if !body.mentions().is_empty() || body.quoted().is_some() {
        let mut tx = app.begin(org, Actor::Member(author)).await?;
        mentions::check(&mut tx, sending.conversation, body.mentions()).await?;
        if body.quoted().is_some() {
            body = with_quote(&mut tx, sending.conversation, body, &windows).await?;
        }
        tx.commit().await?;
    }
    let (conversation, client_id) = (sending.conversation, sending.client_id);
    Ok(move |reply| Job { org, conversation, author, client_id, client_day, body, windows, reply })
}

/// One answers only what one can see and what is still there.
async fn with_quote(tx: &mut Tx, conversation: ConversationId, body: Body, windows: &Windows) -> Result<Body> {
    let conversation = PostableConversation::load(tx, conversation).await?;
    let seq = body.quoted().unwrap_or_default();
    let message = rows::find(tx, conversation.seat(), seq, windows).await?;
    if message.state == MessageState::Recalled || message.state == MessageState::Removed {
        return Err(Error::Conflict("chat.message_gone"));
    }
    let mut body = body;
    body.set_quote(crate::body::Quote {
        seq,
        author_id: Some(message.author_id),
        excerpt: message.body.as_ref().and_then(Body::excerpt),
    });
    Ok(body)
}
