//! "… is writing": passed on at once to whoever else follows the conversation, a few times a second however many write,
//! and kept nowhere.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::{App, BoxFuture, Channel, Ephemeral, Error, Frame, MemberId, Result, Socket};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::model::ConversationId;

/// The channel.
pub const CHANNEL: Channel = Channel { name: "typing", max_bytes: 256, per_second: 2, receive };

/// People who are shown writing in one conversation in one second; when more do, nobody reads who.
const SHOWN_PER_SECOND: u8 = 5;

/// How many were shown this second, by conversation.
#[derive(Default)]
struct Shown(Mutex<(i64, HashMap<ConversationId, u8>)>);

impl Shown {
    /// Whether one more may be.
    fn take(&self, conversation: ConversationId, second: i64) -> bool {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.0 != second {
            *shown = (second, HashMap::new());
        }
        let count = shown.1.entry(conversation).or_default();
        *count = count.saturating_add(1);
        *count <= SHOWN_PER_SECOND
    }
}

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
fn receive(app: App, socket: Arc<Socket>, frame: Box<RawValue>) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let received: Received =
            serde_json::from_str(frame.get()).map_err(|_| Error::Invalid { field: "frame", why: "malformed" })?;
        if received.k != "typing" {
            return Err(Error::Invalid { field: "k", why: "unknown" });
        }
        if !socket.follows(&received.conversation_id.0) {
            return Err(Error::NotFound("conversation"));
        }
        if !app.state::<Shown>().take(received.conversation_id, app.now().timestamp()) {
            return Ok(());
        }
        let typing = Ephemeral::new(received.conversation_id);
        let conversation_id = *typing.get();
        let frame = Frame::new(&Typing { c: "typing", k: "typing", conversation_id, member_id: socket.member });
        app.to_topic_everywhere(socket.org, conversation_id.0, &frame, Some(socket.id));
        Ok(())
    })
}
