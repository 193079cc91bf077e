//! What nodes tell each other: that there is something new to read, that somebody is typing. Ids and small facts, never
//! content. A word is never needed: truth is a position or a number in the database. Where words may have been lost,
//! everybody who relies on them is told so ([`App::missed`]) and looks for themselves.
//!
//! How words travel is not known here: a link takes them out of [`Words`] and brings those of others to [`App::heard`].
//! Without a link, nobody else is there to be told.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::job::Class;
use crate::socket::Frame;
use crate::{App, MemberId, OrgId};

/// Words that may wait for the link; what comes when they do is lost, and counted as lost.
const MOST: usize = 16_384;

/// What may be worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// The outbox of the organisation is longer.
    Events(OrgId),
    /// A job of the class is queued.
    Job(Class),
}

/// One thing that one node tells the others.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Word {
    /// `domain.what`: by it the module is found that hears it.
    #[serde(rename = "k")]
    pub kind: Cow<'static, str>,
    /// The organisation it is about; nil for what is about the installation.
    #[serde(rename = "o")]
    pub org: OrgId,
    /// Ids and small facts.
    #[serde(rename = "d")]
    pub data: Box<RawValue>,
}

/// A word that another node said.
pub struct Heard<'a> {
    /// Which node, by the name of its run.
    pub node: Uuid,
    /// The organisation it is about.
    pub org: OrgId,
    /// What it says.
    pub data: &'a RawValue,
}

/// Takes a word of another node. It must not wait; what cannot be read is another version's and is ignored.
pub type Hear = fn(&App, &Heard<'_>);

/// The words of this node on their way to the others.
#[derive(Default)]
pub struct Words {
    is_open: AtomicBool,
    waiting: Mutex<Waiting>,
    bell: Notify,
}

#[derive(Default)]
struct Waiting {
    words: Vec<Word>,
    lost: u64,
}

impl Words {
    /// From now on words are kept for a link that takes them.
    pub fn open(&self) {
        self.is_open.store(true, Ordering::Release);
    }

    /// Waits for words and takes all there are, with the number of those that were lost for want of room.
    pub async fn take(&self) -> (Vec<Word>, u64) {
        loop {
            let Waiting { words, lost } =
                std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
            if !words.is_empty() || lost > 0 {
                return (words, lost);
            }
            self.bell.notified().await;
        }
    }

    fn put(&self, word: Word) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.words.len() < MOST {
            waiting.words.push(word);
        } else {
            waiting.lost += 1;
        }
        drop(waiting);
        self.bell.notify_one();
    }
}

/// A frame for the sockets that other nodes have.
#[derive(Serialize, Deserialize)]
struct Carried {
    /// A topic, or a member.
    to: Uuid,
    frame: Box<RawValue>,
}

#[derive(Serialize, Deserialize)]
struct CutOff {
    member: MemberId,
    code: String,
}

impl App {
    /// The words of this node, for the link.
    pub fn words(&self) -> &Words {
        &self.0.words
    }

    /// Tells the other nodes, if there can be any. Costs a place in a list.
    pub fn tell_nodes(&self, kind: &'static str, org: OrgId, data: &impl Serialize) {
        if !self.words().is_open.load(Ordering::Acquire) {
            return;
        }
        // What is told is a plain struct of ours; one that cannot be written would be lost, as any word may be.
        if let Ok(data) = to_raw_value(data) {
            self.words().put(Word { kind: Cow::Borrowed(kind), org, data });
        }
    }

    /// A word that another node said goes to whoever hears its kind.
    pub fn heard(&self, node: Uuid, word: &Word) {
        if let Some(hear) = self.registry().hears.get(&*word.kind) {
            hear(self, &Heard { node, org: word.org, data: &word.data });
        }
    }

    /// Words of other nodes may have been lost: what is remembered of what they do is forgotten, and every window is
    /// told to ask for what it missed.
    pub fn missed(&self) {
        for missed in &self.registry().missed {
            missed(self);
        }
        self.hub().to_all(&Frame::new(&serde_json::json!({ "c": "sys", "k": "missed" })));
    }

    /// Sends to every socket that follows the topic, on every node, but not to the one named. The frame carries ids only.
    pub fn to_topic_everywhere(&self, org: OrgId, topic: Uuid, frame: &Frame, except: Option<u64>) {
        self.hub().to_topic(org, topic, frame, except);
        self.carry("kernel.topic", org, topic, frame);
    }

    /// Sends to every socket of the member, on every node. The frame carries ids only.
    pub fn to_member_everywhere(&self, org: OrgId, member: MemberId, frame: &Frame) {
        self.hub().to_member(org, member, frame);
        self.carry("kernel.member", org, member.0, frame);
    }

    /// Ends every socket of a member, on every node.
    pub fn cut_member_everywhere(&self, org: OrgId, member: MemberId, code: &'static str) {
        self.hub().cut_member(org, member, code);
        self.tell_nodes("kernel.cut", org, &CutOff { member, code: code.to_owned() });
    }

    fn carry(&self, kind: &'static str, org: OrgId, to: Uuid, frame: &Frame) {
        if let Ok(frame) = RawValue::from_string(frame.as_str().to_owned()) {
            self.tell_nodes(kind, org, &Carried { to, frame });
        }
    }

    /// Has whoever reads what the hint is about look, here and on the other nodes.
    pub(crate) fn say(&self, hint: Hint) {
        self.pump().wake(hint);
        match hint {
            Hint::Events(org) => self.tell_nodes("kernel.events", org, &()),
            Hint::Job(class) => self.tell_nodes("kernel.job", OrgId(Uuid::nil()), &class),
        }
    }
}

/// What the kernel itself hears.
pub(crate) const HEARS: [(&str, Hear); 5] = [
    ("kernel.events", |app, heard| app.pump().wake(Hint::Events(heard.org))),
    ("kernel.job", |app, heard| {
        if let Some(class) = heard.read() {
            app.pump().wake(Hint::Job(class));
        }
    }),
    ("kernel.topic", |app, heard| {
        if let Some(Carried { to, frame }) = heard.read() {
            app.hub().to_topic(heard.org, to, &Frame::of(&frame), None);
        }
    }),
    ("kernel.member", |app, heard| {
        if let Some(Carried { to, frame }) = heard.read() {
            app.hub().to_member(heard.org, MemberId(to), &Frame::of(&frame));
        }
    }),
    ("kernel.cut", |app, heard| {
        if let Some(CutOff { member, code }) = heard.read() {
            app.hub().cut_member(heard.org, member, if code == "suspended" { "suspended" } else { "revoked" });
        }
    }),
];

impl<'a> Heard<'a> {
    /// What it says, if this version understands it.
    pub fn read<T: Deserialize<'a>>(&self) -> Option<T> {
        serde_json::from_str(self.data.get()).ok()
    }
}
