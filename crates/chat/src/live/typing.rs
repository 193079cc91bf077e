//! "… is writing": passed on at once to whoever else follows the conversation, and kept nowhere.

use std::sync::Arc;

use kernel::{App, BoxFuture, Channel, Ephemeral, Error, Frame, MemberId, Result, Socket, Utf8Bytes};
use serde::{Deserialize, Serialize};

use crate::model::ConversationId;

/// The channel.
pub const CHANNEL: Channel = Channel { name: "typing", max_bytes: 256, per_second: 2, receive };

#[derive(Deserialize)]
struct Received {
    k: String,
    conversation_id: ConversationId,
}

#[derive(Serialize)]
struct Typing {
    c: &'static str,
    k: &'static str,
    conversation_id: ConversationId,
    member_id: MemberId,
}

/// One may only be seen writing where one's window follows the conversation.
fn receive(app: App, socket: Arc<Socket>, frame: Utf8Bytes) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let received: Received =
            serde_json::from_str(&frame).map_err(|_| Error::Invalid { field: "frame", why: "malformed" })?;
        if received.k != "typing" {
            return Err(Error::Invalid { field: "k", why: "unknown" });
        }
        if !socket.follows(&received.conversation_id.0) {
            return Err(Error::NotFound("conversation"));
        }
        let typing = Ephemeral::new(received.conversation_id);
        let conversation_id = *typing.get();
        let frame = Frame::new(&Typing { c: "typing", k: "typing", conversation_id, member_id: socket.member });
        app.hub().to_topic(socket.org, conversation_id.0, &frame, Some(socket.id));
        Ok(())
    })
}
