//! What a server must offer to be put under load, and how a message is told from every other. A new server is one
//! implementation of these traits; no workload changes.
//!
//! Users are numbers from 0; a target knows which account stands behind each. Everything runs on one thread.

pub mod floor;
pub mod tulou;
pub mod xmpp;

use std::rc::Rc;
use std::sync::OnceLock;

use anyhow::Result;
use memchr::memmem;

/// A server that can be put under load.
pub trait Target: Clone + 'static {
    type Writer: Writer;
    type Reader: Reader;
    type Pager: Pager;

    /// Whether the sender of a direct message is told that it is durable. If not, delivery stands for it.
    const ACKNOWLEDGES_DIRECT: bool;

    /// Signs the user in. From here on messages for them reach the reader.
    async fn connect(&self, user: u32) -> Result<(Self::Writer, Self::Reader)>;

    /// Signs the user in to read what was said before.
    async fn pager(&self, user: u32) -> Result<Self::Pager>;
}

/// The sending half of a connection.
pub trait Writer: 'static {
    /// Enters the group, which comes to be with the first who enters.
    async fn join(&mut self, group: &str) -> Result<Joining>;

    /// Hands all of them to the connection and waits for no answer.
    async fn send(&mut self, messages: &[Outgoing]) -> Result<()>;
}

/// The receiving half.
pub trait Reader: 'static {
    /// Waits until something comes and appends what it means, which may be nothing. An error: the connection is lost.
    async fn read(&mut self, events: &mut Vec<Event>) -> Result<()>;
}

/// Somebody who reads a conversation.
pub trait Pager: 'static {
    /// The numbers of the newest `limit` messages of the conversation with `peer`.
    async fn newest(&mut self, peer: u32, limit: usize) -> Result<Vec<u32>>;
}

/// Whether entering a group is answered with [`Event::Joined`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// It is.
    Asked,
    /// The user is in it already.
    Done,
}

/// A message to be sent.
pub struct Outgoing {
    pub to: Recipient,
    pub stamp: Stamp,
    pub body: String,
}

/// Where it goes.
#[derive(Clone)]
pub enum Recipient {
    User(u32),
    Group(Rc<str>),
}

/// What a server told somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// They are in the group now.
    Joined,
    /// This message of theirs is durable (in a group without acknowledgements: has come back to them).
    Acknowledged(Stamp),
    /// Somebody else's message.
    Delivered(Stamp),
    /// A message of the page they asked for.
    Archived(Stamp),
    /// The page is complete.
    PageEnd,
    /// Something was refused.
    Refused,
}

/// Names one message, inside its text: `@@` run `.` sender `.` number `@@`, in hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// The process that sent it, so that what an earlier one left behind is told apart.
    pub run: u32,
    /// The user who sent it, below 4,096.
    pub sender: u32,
    /// Counts up from 0 for each sender.
    pub number: u32,
}

const FILLER: &str = "the quick brown fox jumps over the lazy dog ";

impl Stamp {
    /// Bytes of its text.
    pub const BYTES: usize = 26;

    /// The stamp of this process's message.
    pub fn new(sender: u32, number: u32) -> Self {
        Self { run: run(), sender, number }
    }

    /// Whether this process sent it.
    pub fn is_ours(self) -> bool {
        self.run == run()
    }

    /// A text of `bytes` bytes that begins with the stamp.
    pub fn body(self, bytes: usize) -> String {
        let mut body = format!("@@{:08x}.{:04x}.{:08x}@@", self.run, self.sender, self.number);
        while body.len() < bytes {
            body.push_str(FILLER);
        }
        body.truncate(bytes.max(Self::BYTES));
        body
    }

    /// The first stamp in these bytes.
    pub fn find(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        loop {
            rest = rest.get(memmem::find(rest, b"@@")?..)?;
            if let Some(stamp) = rest.get(..Self::BYTES).and_then(Self::read) {
                return Some(stamp);
            }
            rest = rest.get(1..)?;
        }
    }

    fn read(text: &[u8]) -> Option<Self> {
        let hex = |from: usize, to: usize| u32::from_str_radix(std::str::from_utf8(text.get(from..to)?).ok()?, 16).ok();
        let is_one = text.ends_with(b"@@") && text.get(10) == Some(&b'.') && text.get(15) == Some(&b'.');
        is_one.then_some(Self { run: hex(2, 10)?, sender: hex(11, 15)?, number: hex(16, 24)? })
    }
}

/// The numbers of the messages of the page that is on its way.
async fn page(reader: &mut impl Reader) -> Result<Vec<u32>> {
    let (mut numbers, mut events) = (Vec::new(), Vec::new());
    loop {
        reader.read(&mut events).await?;
        for event in events.drain(..) {
            match event {
                Event::Archived(stamp) => numbers.push(stamp.number),
                Event::PageEnd => return Ok(numbers),
                Event::Refused => anyhow::bail!("the page was refused"),
                _ => {}
            }
        }
    }
}

/// A number that differs from run to run, in 30 bits.
#[expect(clippy::disallowed_methods, reason = "the load client has a clock of its own")]
pub fn run() -> u32 {
    static RUN: OnceLock<u32> = OnceLock::new();
    *RUN.get_or_init(|| u32::try_from(chrono::Utc::now().timestamp_millis() & 0x3fff_ffff).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::Stamp;

    #[test]
    fn a_stamp_is_found_in_what_surrounds_it() {
        let stamp = Stamp::new(19, 70_000);
        let body = stamp.body(100);
        assert_eq!(body.len(), 100);
        assert_eq!(Stamp::find(format!("{{\"text\":\"@@ no\",\"body\":\"{body}\"}}").as_bytes()), Some(stamp));
        assert_eq!(Stamp::find(&body.as_bytes()[..Stamp::BYTES - 1]), None);
        assert_eq!(stamp.body(0).len(), Stamp::BYTES);
    }
}
