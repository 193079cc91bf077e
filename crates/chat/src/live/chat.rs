//! Channel `chat`: sending and reading through the window one has open.

use std::borrow::Cow;
use std::sync::Arc;

use files::FileId;
use kernel::{Actor, App, BoxFuture, Channel, Error, MemberId, Result, Socket, Utf8Bytes};
use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::frames;
use crate::body::{NewBody, NewKind, ReplyTo};
use crate::messages::send::{self, Sending};
use crate::model::ConversationId;
use crate::read;
use crate::writer::{self, Reply};

/// The channel.
pub const CHANNEL: Channel = Channel { name: "chat", max_bytes: 65_536, per_second: 50, receive };

/// Every member a frame of this channel may have. (A tagged enum could not keep the body unread.)
#[derive(Deserialize)]
struct Received<'a> {
    #[serde(borrow)]
    k: Cow<'a, str>,
    conversation_id: ConversationId,
    #[serde(default)]
    client_id: Option<Uuid>,
    #[serde(default, borrow)]
    body: Option<&'a RawValue>,
    #[serde(default)]
    seq: Option<i64>,
}

fn receive(app: App, socket: Arc<Socket>, frame: Utf8Bytes) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let Received { k, conversation_id, client_id, body, seq } = parse(&frame, "frame")?;
        match (&*k, client_id, body, seq) {
            // A message that has a name is refused by it; anything else by the frame's own id.
            ("send", Some(client_id), Some(body), _) => {
                if let Err(error) = pass_on(&app, &socket, Send { client_id, conversation_id, body }).await {
                    socket.send(frames::refused(client_id, &error));
                }
                Ok(())
            }
            ("read", _, _, Some(seq)) => {
                let mut tx = app.begin(socket.org, Actor::Member(socket.member)).await?;
                read::advance(&mut tx, conversation_id, seq).await?;
                tx.commit().await
            }
            _ => Err(Error::Invalid { field: "k", why: "unknown" }),
        }
    })
}

struct Send<'a> {
    client_id: Uuid,
    conversation_id: ConversationId,
    body: &'a RawValue,
}

/// A [`NewBody`] as a window says it: here, other than over HTTP, what is not known is passed over, for windows stay open while
/// the server becomes another version, and what they quote comes with its author and excerpt.
#[derive(Deserialize)]
struct Said {
    v: Option<u8>,
    kind: NewKind,
    text: String,
    file_ids: Option<Vec<FileId>>,
    mentions: Option<Vec<MemberId>>,
    mentions_all: Option<bool>,
    reply_to: Option<SaidTo>,
}

#[derive(Deserialize)]
struct SaidTo {
    seq: i64,
}

impl From<Said> for NewBody {
    fn from(Said { v, kind, text, file_ids, mentions, mentions_all, reply_to }: Said) -> Self {
        let reply_to = reply_to.map(|SaidTo { seq }| ReplyTo { seq });
        Self { v, kind, text, file_ids, mentions, mentions_all, reply_to }
    }
}

/// Queues the message and does not wait: the answer comes from the writer, in the order of sending.
async fn pass_on(app: &App, socket: &Arc<Socket>, send: Send<'_>) -> Result<()> {
    let body: Said = parse(send.body.get(), "body")?;
    let sending = Sending::new(send.conversation_id, send.client_id, body.into())?;
    let job = send::prepare(app, socket.org, socket.member, sending).await?;
    writer::enqueue(app, job(Reply::Socket(Arc::clone(socket))))
}

fn parse<'a, T: Deserialize<'a>>(json: &'a str, field: &'static str) -> Result<T> {
    serde_json::from_str(json).map_err(|_| Error::Invalid { field, why: "malformed" })
}
