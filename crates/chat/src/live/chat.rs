//! Channel `chat`: sending and reading through the window one has open.

use std::sync::Arc;

use kernel::{Actor, App, BoxFuture, Channel, Error, Result, Socket};
use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::frames;
use crate::body::NewBody;
use crate::messages::send::{self, Sending};
use crate::model::ConversationId;
use crate::read;
use crate::writer::{self, Reply};

/// The channel.
pub const CHANNEL: Channel = Channel { name: "chat", max_bytes: 65_536, per_second: 50, receive };

#[derive(Deserialize)]
#[serde(tag = "k", rename_all = "snake_case")]
enum Received {
    Send { client_id: Uuid, conversation_id: ConversationId, body: Box<RawValue> },
    Read { conversation_id: ConversationId, seq: i64 },
}

fn receive(app: App, socket: Arc<Socket>, frame: Box<RawValue>) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        // A frame whose send can be named is refused by name; any other by the frame's own id.
        let received: Received = parse(&frame)?;
        match received {
            Received::Send { client_id, conversation_id, body } => {
                if let Err(error) = pass_on(&app, &socket, Send { client_id, conversation_id, body }).await {
                    socket.send(frames::refused(client_id, &error));
                }
                Ok(())
            }
            Received::Read { conversation_id, seq } => {
                let mut tx = app.begin(socket.org, Actor::Member(socket.member)).await?;
                read::advance(&mut tx, conversation_id, seq).await?;
                tx.commit().await
            }
        }
    })
}

struct Send {
    client_id: Uuid,
    conversation_id: ConversationId,
    body: Box<RawValue>,
}

/// Queues the message and does not wait: the answer comes from the writer, in the order of sending.
async fn pass_on(app: &App, socket: &Arc<Socket>, send: Send) -> Result<()> {
    let body: NewBody = parse(&send.body)?;
    let sending = Sending { conversation: send.conversation_id, client_id: send.client_id, body: body.check()? };
    let job = send::prepare(app, socket.org, socket.member, sending).await?;
    writer::enqueue(app, job(Reply::Socket(Arc::clone(socket)))).map_err(|(error, _)| error)
}

fn parse<'a, T: Deserialize<'a>>(frame: &'a RawValue) -> Result<T> {
    serde_json::from_str(frame.get()).map_err(|_| Error::Invalid { field: "frame", why: "malformed" })
}
