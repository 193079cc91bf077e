//! One open window: what waits to be sent to it, what it follows, and why it was cut.

use std::collections::{HashSet, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::ws::Utf8Bytes;
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{AccountId, App, Caller, MemberId, OrgId, Result, SessionId};

/// Frames, and bytes of them, that may wait for one socket. A reader further behind is cut and comes back by resuming.
const QUEUE: usize = 1024;
const QUEUE_BYTES: usize = 4 * 1024 * 1024;

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

    /// A frame that was serialised on another node.
    pub fn of(text: &RawValue) -> Self {
        Self(text.get().into())
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

/// Takes a frame that a socket sent.
pub type Receive = fn(App, Arc<Socket>, Box<RawValue>) -> BoxFuture<'static, Result<()>>;

/// Kinds of frames of one concern, with limits of their own.
#[derive(Clone, Copy)]
pub struct Channel {
    /// The `c` of its frames.
    pub name: &'static str,
    /// Bytes a frame may have.
    pub max_bytes: usize,
    /// Frames a second a socket may send, averaged over ten seconds.
    pub per_second: u32,
    /// Takes one frame: the whole JSON object.
    pub receive: Receive,
}

/// Called when a socket has been let in: a module has it follow its topics.
pub type OnAttach = fn(App, Arc<Socket>) -> BoxFuture<'static, Result<()>>;

#[derive(Default)]
struct Queue {
    frames: VecDeque<Frame>,
    bytes: usize,
}

/// What a socket takes of the node's memory. What the connection itself takes is not in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    /// Bytes of what is known of it: who it is, what it follows, places in its queue.
    pub state: usize,
    /// Bytes of frames that wait. Each frame is in memory once, however many sockets wait for it.
    pub queued: usize,
}

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
    queue: Mutex<Queue>,
    topics: Mutex<HashSet<Uuid>>,
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
        queue.bytes += frame.as_str().len();
        if queue.frames.len() >= QUEUE || queue.bytes > QUEUE_BYTES {
            *queue = Queue::default();
            drop(queue);
            self.cut("slow");
            return;
        }
        queue.frames.push_back(frame);
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
            let Queue { frames, .. } = std::mem::take(&mut *self.queue.lock().unwrap_or_else(PoisonError::into_inner));
            if !frames.is_empty() {
                return Ok(frames);
            }
            self.wake.notified().await;
        }
    }

    /// What it takes of the node's memory.
    pub fn weight(&self) -> Weight {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner).capacity();
        let places = queue.frames.capacity() * size_of::<Frame>() + topics * (size_of::<Uuid>() + 1);
        // A topic has a place in the hub's own list too, and a socket among its member's.
        let in_hub = (topics + 1) * size_of::<Arc<Self>>();
        Weight { state: size_of::<Self>() + places + in_hub, queued: queue.bytes }
    }

    /// Whether the socket follows the topic.
    pub fn follows(&self, topic: &Uuid) -> bool {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner).contains(topic)
    }

    /// The topics it follows.
    pub fn topics(&self) -> Vec<Uuid> {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
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

    pub(crate) fn add_topic(&self, topic: Uuid) -> bool {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner).insert(topic)
    }

    pub(crate) fn remove_topic(&self, topic: &Uuid) {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner).remove(topic);
    }

    pub(crate) fn take_topics(&self) -> HashSet<Uuid> {
        std::mem::take(&mut *self.topics.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
