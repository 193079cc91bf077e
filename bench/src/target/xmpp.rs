//! XMPP over plain TCP (RFC 6120, 6121) with an archive (XEP-0313) and rooms (XEP-0045): what ejabberd and Prosody have
//! in common. The accounts are `u0`, `u1`, … with the password `pw`. A direct message has no durable acknowledgement in
//! it; a room's copy to the sender is one.

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use memchr::{memchr, memmem};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use super::{Event, Joining, Outgoing, Pager, Reader, Recipient, Stamp, Target, Writer};
use crate::wire;

const DOMAIN: &str = "localhost";
const ROOMS: &str = "conference.localhost";
const ARCHIVE: &str = "urn:xmpp:mam:2";

#[derive(Clone)]
pub struct Xmpp {
    pub address: String,
}

pub struct XmppWriter {
    socket: OwnedWriteHalf,
    user: u32,
}

pub struct XmppReader {
    socket: OwnedReadHalf,
    buffer: Vec<u8>,
    user: u32,
}

pub struct XmppPager {
    writer: XmppWriter,
    reader: XmppReader,
    asked: u32,
}

impl Target for Xmpp {
    type Writer = XmppWriter;
    type Reader = XmppReader;
    type Pager = XmppPager;
    const ACKNOWLEDGES_DIRECT: bool = false;

    async fn connect(&self, user: u32) -> Result<(XmppWriter, XmppReader)> {
        let mut login = Login { socket: wire::connect(&self.address).await?, buffer: Vec::new() };
        login.begin_stream().await?;
        let secret = base64::engine::general_purpose::STANDARD.encode(format!("\0u{user}\0pw"));
        login.say(&format!("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{secret}</auth>")).await?;
        let answer = login.until(b">").await?;
        ensure!(has(&answer, b"<success"), "u{user} was refused: {}", String::from_utf8_lossy(&answer));
        login.buffer.clear();
        login.begin_stream().await?;
        let bind = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>\
                    <resource>load</resource></bind></iq>";
        login.say(bind).await?;
        login.until(b"</iq>").await.context("no resource was bound")?;
        // What is said is done in order: with the answer to the second, the first has had its effect.
        let session =
            "<presence/><iq type='set' id='session'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>";
        login.say(session).await?;
        login.until(b"session").await?;
        login.until(b">").await?;
        let (read, write) = login.socket.into_split();
        Ok((XmppWriter { socket: write, user }, XmppReader { socket: read, buffer: login.buffer, user }))
    }

    async fn pager(&self, user: u32) -> Result<XmppPager> {
        let (writer, reader) = self.connect(user).await?;
        Ok(XmppPager { writer, reader, asked: 0 })
    }
}

struct Login {
    socket: TcpStream,
    buffer: Vec<u8>,
}

impl Login {
    async fn say(&mut self, text: &str) -> Result<()> {
        Ok(self.socket.write_all(text.as_bytes()).await?)
    }

    async fn begin_stream(&mut self) -> Result<()> {
        let stream = format!(
            "<?xml version='1.0'?><stream:stream to='{DOMAIN}' xmlns='jabber:client' \
             xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
        );
        self.say(&stream).await?;
        self.until(b"</stream:features>").await.map(drop)
    }

    /// Takes everything up to and with `end` out of the buffer.
    async fn until(&mut self, end: &[u8]) -> Result<Vec<u8>> {
        loop {
            if let Some(at) = memmem::find(&self.buffer, end) {
                return Ok(self.buffer.drain(..at + end.len()).collect());
            }
            if self.socket.read_buf(&mut self.buffer).await? == 0 {
                bail!("closed during the sign-in, after: {}", String::from_utf8_lossy(&self.buffer));
            }
        }
    }
}

impl Writer for XmppWriter {
    async fn join(&mut self, group: &str) -> Result<Joining> {
        let enter = format!(
            "<presence to='{group}@{ROOMS}/u{}'><x xmlns='http://jabber.org/protocol/muc'>\
             <history maxstanzas='0'/></x></presence>",
            self.user
        );
        self.socket.write_all(enter.as_bytes()).await?;
        Ok(Joining::Asked)
    }

    async fn send(&mut self, messages: &[Outgoing]) -> Result<()> {
        let mut out = String::with_capacity(messages.len() * 224);
        for Outgoing { to, stamp, body } in messages {
            let (to, kind) = match to {
                Recipient::User(user) => (format!("u{user}@{DOMAIN}"), "chat"),
                Recipient::Group(group) => (format!("{group}@{ROOMS}"), "groupchat"),
            };
            let id = stamp.number;
            out.push_str(&format!("<message to='{to}' type='{kind}' id='m{id}'><body>{body}</body></message>"));
        }
        Ok(self.socket.write_all(out.as_bytes()).await?)
    }
}

impl Reader for XmppReader {
    async fn read(&mut self, events: &mut Vec<Event>) -> Result<()> {
        ensure!(self.socket.read_buf(&mut self.buffer).await? > 0, "the server closed the connection");
        let mut used = 0;
        while let Some(length) = self.buffer.get(used..).and_then(element) {
            let stanza = &self.buffer[used..used + length];
            ensure!(!has(stanza, b"<stream:error"), "the stream failed: {}", String::from_utf8_lossy(stanza));
            events.extend(event(stanza, self.user));
            used += length;
        }
        self.buffer.drain(..used);
        Ok(())
    }
}

impl Pager for XmppPager {
    async fn newest(&mut self, peer: u32, limit: usize) -> Result<Vec<u32>> {
        self.asked += 1;
        let query = format!(
            "<iq type='set' id='q{0}'><query xmlns='{ARCHIVE}' queryid='q{0}'><x xmlns='jabber:x:data' type='submit'>\
             <field var='FORM_TYPE' type='hidden'><value>{ARCHIVE}</value></field>\
             <field var='with'><value>u{peer}@{DOMAIN}</value></field></x>\
             <set xmlns='http://jabber.org/protocol/rsm'><max>{limit}</max><before/></set></query></iq>",
            self.asked
        );
        self.writer.socket.write_all(query.as_bytes()).await?;
        super::page(&mut self.reader).await
    }
}

fn event(stanza: &[u8], user: u32) -> Option<Event> {
    let stanza = stanza.trim_ascii_start();
    let head = &stanza[..memchr(b'>', stanza)?];
    if stanza.starts_with(b"<message") {
        if is_type(head, b"error") {
            return Some(Event::Refused);
        }
        let stamp = Stamp::find(stanza)?;
        let is_archived = has(stanza, b"<result") && has(stanza, ARCHIVE.as_bytes()) && has(stanza, b"<forwarded");
        return Some(match stamp.sender == user && is_type(head, b"groupchat") {
            _ if is_archived => Event::Archived(stamp),
            true => Event::Acknowledged(stamp),
            false => Event::Delivered(stamp),
        });
    }
    if stanza.starts_with(b"<iq") && has(stanza, b"<fin") {
        return Some(Event::PageEnd);
    }
    if is_type(head, b"error") && !has(head, b"session") {
        return Some(Event::Refused);
    }
    // Status 110 is one's own presence in the room: the last a newcomer gets.
    let is_own = stanza.starts_with(b"<presence") && (has(stanza, b"'110'") || has(stanza, b"\"110\""));
    is_own.then_some(Event::Joined)
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    memmem::find(bytes, what).is_some()
}

fn is_type(head: &[u8], kind: &[u8]) -> bool {
    memmem::find(head, b" type=").is_some_and(|at| head.get(at + 7..).is_some_and(|value| value.starts_with(kind)))
}

/// Length of the first element that is whole. Both servers escape `>` in attributes.
fn element(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0);
    loop {
        let open = at + memchr(b'<', &bytes[at..])?;
        let close = open + memchr(b'>', &bytes[open..])?;
        at = close + 1;
        if bytes[open + 1] == b'/' {
            depth -= 1;
        } else if bytes[close - 1] != b'/' {
            depth += 1;
        }
        if depth <= 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Stamp, element, event};

    #[test]
    fn elements_are_taken_when_they_are_whole() {
        let bytes = b" <a x='1'><b/><c>t</c></a><d/><e>";
        assert_eq!(element(bytes), Some(26));
        assert_eq!(element(&bytes[26..]), Some(4));
        assert_eq!(element(&bytes[30..]), None);
    }

    #[test]
    fn a_message_is_told_from_its_acknowledgement_and_its_refusal() {
        let stamp = Stamp::new(1, 2);
        let message =
            |kind: &str| format!("<message type='{kind}' from='x'><body>{}</body></message>", stamp.body(100));
        assert_eq!(event(message("chat").as_bytes(), 5), Some(Event::Delivered(stamp)));
        assert_eq!(event(message("groupchat").as_bytes(), 1), Some(Event::Acknowledged(stamp)));
        assert_eq!(event(message("error").as_bytes(), 1), Some(Event::Refused));
        assert_eq!(event(b"<iq type='result'><fin xmlns='urn:xmpp:mam:2'/></iq>", 1), Some(Event::PageEnd));
    }
}
