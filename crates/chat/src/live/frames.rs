//! The frames of channel `chat`. Each is serialised once and shared by every socket it goes to.

use chrono::{DateTime, Utc};
use kernel::{Error, Frame, MemberId};
use serde::Serialize;
use uuid::Uuid;

use crate::model::{ConversationId, Message, MessageId};

/// A message that is new (`message`) or not what it was (`changed`).
#[derive(Serialize)]
pub struct MessageFrame<'a> {
    c: &'static str,
    k: &'static str,
    message: &'a Message,
}

impl<'a> MessageFrame<'a> {
    /// The frame.
    pub fn new(k: &'static str, message: &'a Message) -> Self {
        Self { c: "chat", k, message }
    }
}

#[derive(Serialize)]
struct Sent {
    c: &'static str,
    k: &'static str,
    client_id: Uuid,
    conversation_id: ConversationId,
    id: MessageId,
    seq: i64,
    n: i64,
    sent_at: DateTime<Utc>,
    kept_until: DateTime<Utc>,
}

/// The message of this client id is durable, and this is its number.
pub fn sent(client_id: Uuid, message: &Message) -> Frame {
    Frame::new(&Sent {
        c: "chat",
        k: "sent",
        client_id,
        conversation_id: message.conversation_id,
        id: message.id,
        seq: message.seq,
        n: message.n,
        sent_at: message.sent_at,
        kept_until: message.kept_until,
    })
}

#[derive(Serialize)]
struct Refused<'a> {
    c: &'static str,
    k: &'static str,
    client_id: Uuid,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_s: Option<u32>,
}

/// The message of this client id was not taken; `retry_s` says when it may be sent again unchanged.
pub fn refused(client_id: Uuid, error: &Error) -> Frame {
    let problem = error.problem();
    let retry_s = problem.retry_after_s.or_else(|| matches!(error, Error::Unavailable(_)).then_some(1));
    let (code, field, why) = (problem.code, problem.field.as_deref(), problem.why);
    Frame::new(&Refused { c: "chat", k: "refused", client_id, code, field, why, retry_s })
}

#[derive(Serialize)]
struct Read {
    c: &'static str,
    k: &'static str,
    conversation_id: ConversationId,
    member_id: MemberId,
    seq: i64,
    n: i64,
}

/// Somebody has read up to here.
pub fn read(conversation_id: ConversationId, member_id: MemberId, seq: i64, n: i64) -> Frame {
    Frame::new(&Read { c: "chat", k: "read", conversation_id, member_id, seq, n })
}
