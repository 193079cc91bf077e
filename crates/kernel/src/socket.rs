//! One open window: what waits to be sent to it, what it follows, and why it was cut.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub use axum::extract::ws::Utf8Bytes;
use serde::Serialize;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{AccountId, App, Caller, MemberId, OrgId, Result, SessionId};

/// Frames that may wait for one socket. A reader further behind than this is cut and comes back by resuming.
const QUEUE: usize = 1024;

/// A future that can be kept in a list.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A serialised frame, shared by every socket it goes to.
#[derive(Debug, Clone)]
pub struct Frame(Utf8Bytes);

impl Frame {
    /// Serialises `value` once. Our frames are plain structs; one that cannot be written is a bug.
    pub fn new(value: &impl Serialize) -> Self {
        Self(serde_json::to_string(value).expect("frames are plain structs").into())
    }

    /// The text, to be written to the wire.
    pub fn into_text(self) -> Utf8Bytes {
        self.0
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Takes a frame that a socket sent: the text of a JSON object, as it came.
pub type Receive = fn(App, Arc<Socket>, Utf8Bytes) -> BoxFuture<'static, Result<()>>;

/// Kinds of frames of one concern, with limits of their own.
#[derive(Clone, Copy)]
pub struct Channel {
    /// The `c` of its frames.
    pub name: &'static str,
    /// Bytes a frame may have.
    pub max_bytes: usize,
    /// Frames a second a socket may send, averaged over ten seconds.
    pub per_second: u32,
    /// Takes one frame.
    pub receive: Receive,
}

/// Called when a socket has been let in: a module has it follow its topics.
pub type OnAttach = fn(App, Arc<Socket>) -> BoxFuture<'static, Result<()>>;

/// One open window of one member.
pub struct Socket {
    /// Unique in this process.
    pub id: u64,
    /// The organisation it is in.
    pub org: OrgId,
    /// Whose it is.
    pub member: MemberId,
    /// The account behind the member.
    pub account: AccountId,
    /// The sign-in it came with.
    pub session: SessionId,
    queue: Mutex<VecDeque<Frame>>,
    /// Sorted: a set of hashes takes half as much again for each.
    topics: Mutex<Vec<Uuid>>,
    cut: Mutex<Option<&'static str>>,
    wake: Notify,
    ended: Notify,
    pos: AtomicI64,
    is_live: AtomicBool,
}

impl Socket {
    /// A socket for this caller, or none when the caller is in no organisation.
    pub fn new(caller: &Caller) -> Option<Arc<Self>> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let (org, member) = caller.member?;
        Some(Arc::new(Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            org,
            member,
            account: caller.account,
            session: caller.session,
            queue: Mutex::default(),
            topics: Mutex::default(),
            cut: Mutex::default(),
            wake: Notify::new(),
            ended: Notify::new(),
            pos: AtomicI64::new(0),
            is_live: AtomicBool::new(false),
        }))
    }

    /// Queues the frame. Never waits: a full queue cuts the socket with `slow`.
    pub fn send(&self, frame: Frame) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        if queue.len() >= QUEUE {
            drop(queue);
            self.cut("slow");
            return;
        }
        queue.push_back(frame);
        drop(queue);
        self.wake.notify_one();
    }

    /// Ends the socket; the first reason stays.
    pub fn cut(&self, code: &'static str) {
        self.cut.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(code);
        self.wake.notify_one();
        self.ended.notify_one();
    }

    /// Whether it was ended: nothing more may be written to it.
    pub fn is_cut(&self) -> bool {
        self.cut.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Waits until it is cut, and says why: for a writer whose reader takes nothing.
    pub async fn ended(&self) -> &'static str {
        loop {
            if let Some(code) = *self.cut.lock().unwrap_or_else(PoisonError::into_inner) {
                return code;
            }
            self.ended.notified().await;
        }
    }

    /// Waits until there is something to do: frames to write, or the reason to end. What was queued before a cut is
    /// not sent any more: who was cut may not hear it.
    pub async fn next(&self) -> std::result::Result<VecDeque<Frame>, &'static str> {
        loop {
            if let Some(code) = *self.cut.lock().unwrap_or_else(PoisonError::into_inner) {
                return Err(code);
            }
            let frames = std::mem::take(&mut *self.queue.lock().unwrap_or_else(PoisonError::into_inner));
            if !frames.is_empty() {
                return Ok(frames);
            }
            self.wake.notified().await;
        }
    }

    /// Whether the socket follows the topic.
    pub fn follows(&self, topic: &Uuid) -> bool {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner).binary_search(topic).is_ok()
    }

    /// The position of the last event that was queued for it or passed it by.
    pub fn pos(&self) -> i64 {
        self.pos.load(Ordering::Acquire)
    }

    pub(crate) fn set_pos(&self, pos: i64) {
        self.pos.store(pos, Ordering::Release);
    }

    /// Events are delivered only from the moment the missed ones have been.
    pub(crate) fn go_live(&self) {
        self.is_live.store(true, Ordering::Release);
    }

    pub(crate) fn is_live(&self) -> bool {
        self.is_live.load(Ordering::Acquire)
    }

    /// Follows these, each named once; gives those that are new to it.
    pub(crate) fn add_topics(&self, topics: &[Uuid]) -> Vec<Uuid> {
        let mut followed = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        let new: Vec<Uuid> = topics.iter().filter(|t| followed.binary_search(t).is_err()).copied().collect();
        followed.reserve_exact(new.len());
        followed.extend(&new);
        followed.sort_unstable();
        new
    }

    pub(crate) fn remove_topic(&self, topic: &Uuid) {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner).retain(|followed| followed != topic);
    }

    pub(crate) fn take_topics(&self) -> Vec<Uuid> {
        std::mem::take(&mut *self.topics.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
