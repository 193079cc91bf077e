//! The frames of the channel `sys`, and the codes with which a socket ends.

use std::borrow::Cow;

use kernel::{Error, Frame, MemberId, SessionId};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// What every frame of a client has; the rest belongs to its channel.
#[derive(Deserialize)]
pub struct Envelope<'a> {
    #[serde(borrow)]
    pub c: Cow<'a, str>,
    #[serde(borrow)]
    pub k: Cow<'a, str>,
    /// Comes back with a refusal, so that the client knows what was refused.
    pub id: Option<Box<RawValue>>,
}

#[derive(Serialize)]
struct Hello {
    c: &'static str,
    k: &'static str,
    version: &'static str,
    session_id: SessionId,
    member_id: MemberId,
    pos: i64,
    heartbeat_s: u64,
    frame_bytes: usize,
}

pub fn hello(session_id: SessionId, member_id: MemberId, pos: i64) -> Frame {
    Frame::new(&Hello {
        c: "sys",
        k: "hello",
        version: crate::VERSION,
        session_id,
        member_id,
        pos,
        heartbeat_s: super::live::HEARTBEAT.as_secs(),
        frame_bytes: super::FRAME_BYTES,
    })
}

#[derive(Default, Serialize)]
struct Answer<'a> {
    c: &'static str,
    k: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_s: Option<u32>,
}

pub fn pong(id: Option<&RawValue>) -> Frame {
    Frame::new(&Answer { c: "sys", k: "pong", id, ..Answer::default() })
}

pub fn refused(id: Option<&RawValue>, code: &str, retry_s: Option<u32>) -> Frame {
    Frame::new(&Answer { c: "sys", k: "error", id, code: Some(code), retry_s, ..Answer::default() })
}

/// What a channel said of a frame it was given.
pub fn failed(id: Option<&RawValue>, error: &Error) -> Frame {
    let problem = error.problem();
    let (code, field) = (Some(problem.code), problem.field.as_deref());
    Frame::new(&Answer { c: "sys", k: "error", id, code, field, why: problem.why, retry_s: problem.retry_after_s })
}

/// The last frame; after it the connection is closed with [`close_code`].
pub fn bye(code: &str, retry_s: Option<u32>) -> Frame {
    Frame::new(&Answer { c: "sys", k: "bye", code: Some(code), retry_s, ..Answer::default() })
}

/// Numbers are never reused; 4000 stands for a code that has none of its own.
pub fn close_code(code: &str) -> u16 {
    match code {
        "revoked" => 4001,
        "suspended" => 4002,
        "slow" => 4003,
        "restart" => 4004,
        "too_many" => 4006,
        "bad_frame" => 4007,
        "signed_out" => 4008,
        "organisation_suspended" => 4009,
        _ => 4000,
    }
}

/// When to come back. After a restart everybody would come at once: `spread` (0 to 255) puts them apart.
pub fn retry_after(code: &str, spread: u8) -> Option<u32> {
    match code {
        "restart" => Some(1 + u32::from(spread) % 5),
        "slow" | "bad_frame" => Some(2),
        "too_many" => Some(60),
        _ => None,
    }
}
