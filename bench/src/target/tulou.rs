//! Tulou, over its public API and its socket. The company is made beforehand (`house.rs`); a user is one of its people,
//! or one more window of theirs.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use memchr::memmem;
use serde_json::json;
use uuid::Uuid;

use super::{Event, Joining, Outgoing, Pager, Reader, Recipient, Stamp, Target, Writer};
use crate::house::House;
use crate::wire::{self, Asking, FrameReader, FrameWriter};

/// What a frame is stands in its first bytes.
const HEAD: usize = 48;

#[derive(Clone)]
pub struct Tulou(pub Rc<House>);

pub struct TulouWriter {
    house: Rc<House>,
    user: u32,
    frames: FrameWriter,
}

pub struct TulouReader(FrameReader);

pub struct TulouPager {
    house: Rc<House>,
    user: u32,
    asking: Asking,
}

impl Tulou {
    /// Opens a window that goes on from a position; what it is told first is left unread.
    pub async fn window(&self, user: u32, pos: Option<i64>) -> Result<(TulouWriter, TulouReader)> {
        let (house, person) = (&self.0, self.0.person(user));
        let pos = pos.map(|pos| format!("&pos={pos}")).unwrap_or_default();
        let path = format!("/v1/socket?organisation=bench{pos}");
        let headers = format!("Authorization: Bearer {}\r\n", person.token);
        let (frames, reader) = wire::open(&house.address(), &path, &headers).await?;
        Ok((TulouWriter { house: Rc::clone(house), user, frames }, TulouReader(reader)))
    }

    /// Says these texts, each in its conversation, so many outstanding, and waits until all are durable.
    pub async fn say(&self, user: u32, messages: &[(&str, &str)], outstanding: usize) -> Result<()> {
        let (mut writer, mut reader) = self.connect(user).await?;
        let (mut sent, mut done, mut events) = (0, 0, Vec::new());
        while done < messages.len() {
            let end = messages.len().min(done + outstanding);
            for (number, (conversation, text)) in messages.iter().enumerate().take(end).skip(sent) {
                let id = client_id(Stamp::new(user, u32::try_from(number)?));
                let body = json!({ "v": 1, "kind": "text", "text": text });
                let frame =
                    json!({ "c": "chat", "k": "send", "client_id": id, "conversation_id": conversation, "body": body });
                writer.frames.add(&frame.to_string());
            }
            sent = end;
            writer.frames.flush().await?;
            reader.read(&mut events).await?;
            ensure!(!events.contains(&Event::Refused), "a message was refused");
            done += events.drain(..).filter(|event| matches!(event, Event::Acknowledged(_))).count();
        }
        Ok(())
    }
}

impl Target for Tulou {
    type Writer = TulouWriter;
    type Reader = TulouReader;
    type Pager = TulouPager;
    const ACKNOWLEDGES_DIRECT: bool = true;

    /// The server greets a window when it follows its conversations.
    async fn connect(&self, user: u32) -> Result<(TulouWriter, TulouReader)> {
        let (writer, mut reader) = self.window(user, None).await?;
        let mut is_in = false;
        while !is_in {
            reader.0.read(|frame| is_in |= is_kind(frame, b"\"k\":\"hello\"")).await?;
        }
        Ok((writer, reader))
    }

    async fn pager(&self, user: u32) -> Result<TulouPager> {
        let house = Rc::clone(&self.0);
        let asking = Asking::open(&house.address()).await?;
        Ok(TulouPager { house, user, asking })
    }
}

impl Writer for TulouWriter {
    async fn join(&mut self, _group: &str) -> Result<Joining> {
        Ok(Joining::Done)
    }

    async fn send(&mut self, messages: &[Outgoing]) -> Result<()> {
        for Outgoing { to, stamp, body } in messages {
            let conversation = match to {
                Recipient::User(to) => self.house.between(self.user, *to).context("a conversation of the two")?,
                Recipient::Group(_) => &self.house.group,
            };
            let id = client_id(*stamp);
            self.frames.add(&format!(
                r#"{{"c":"chat","k":"send","client_id":"{id}","conversation_id":"{conversation}","body":{{"v":1,"kind":"text","text":"{body}"}}}}"#
            ));
        }
        self.frames.flush().await
    }
}

impl Reader for TulouReader {
    async fn read(&mut self, events: &mut Vec<Event>) -> Result<()> {
        self.0.read(|frame| events.extend(event(frame))).await
    }
}

impl Pager for TulouPager {
    async fn newest(&mut self, peer: u32, limit: usize) -> Result<Vec<u32>> {
        let conversation = self.house.between(self.user, peer).context("a conversation of the two")?;
        let (address, token) = (self.house.address(), &self.house.person(self.user).token);
        let request = format!(
            "GET /v1/conversations/{conversation}/messages?limit={limit} HTTP/1.1\r\nHost: {address}\r\n\
             Authorization: Bearer {token}\r\nTulou-Organisation: bench\r\n\r\n"
        );
        let mut page = self.asking.ask(request.as_bytes()).await?;
        let mut numbers = Vec::with_capacity(limit);
        while let Some(stamp) = Stamp::find(page) {
            numbers.push(stamp.number);
            let at = memmem::find(page, b"@@").unwrap_or_default();
            page = &page[at + Stamp::BYTES..];
        }
        Ok(numbers)
    }
}

/// A UUIDv7 of now in which the stamp can be read again: sender, run and number stand where chance would.
#[expect(clippy::disallowed_methods, reason = "the load client is a device with a clock of its own")]
pub fn client_id(stamp: Stamp) -> Uuid {
    let millis = u128::try_from(chrono::Utc::now().timestamp_millis()).unwrap_or_default();
    let (sender, run, number) = (u128::from(stamp.sender & 0xfff), u128::from(stamp.run), u128::from(stamp.number));
    Uuid::from_u128(millis << 80 | 7 << 76 | sender << 64 | 2 << 62 | run << 32 | number)
}

fn stamp_of(id: Uuid) -> Stamp {
    let bits = id.as_u128();
    let part = |from: u32, mask: u128| u32::try_from(bits >> from & mask).unwrap_or_default();
    Stamp { run: part(32, 0x3fff_ffff), sender: part(64, 0xfff), number: part(0, 0xffff_ffff) }
}

fn event(frame: &[u8]) -> Option<Event> {
    if is_kind(frame, b"\"k\":\"message\"") {
        return Stamp::find(frame).map(Event::Delivered);
    }
    if is_kind(frame, b"\"k\":\"sent\"") {
        let at = memmem::find(frame, b"\"client_id\":\"")? + 13;
        let id = std::str::from_utf8(frame.get(at..at + 36)?).ok()?.parse().ok()?;
        return Some(Event::Acknowledged(stamp_of(id)));
    }
    let is_refusal = is_kind(frame, b"\"k\":\"refused\"") || is_kind(frame, b"\"k\":\"error\"");
    is_refusal.then_some(Event::Refused)
}

fn is_kind(frame: &[u8], kind: &[u8]) -> bool {
    memmem::find(&frame[..frame.len().min(HEAD)], kind).is_some()
}

#[cfg(test)]
mod tests {
    use super::{Event, Stamp, client_id, event, stamp_of};

    #[test]
    fn a_client_id_is_a_uuidv7_that_carries_its_stamp() {
        let stamp = Stamp::new(4_000, 4_000_000_000);
        let id = client_id(stamp);
        assert_eq!((id.get_version_num(), stamp_of(id)), (7, stamp));
        let sent = format!(r#"{{"c":"chat","k":"sent","client_id":"{id}","conversation_id":"x"}}"#);
        assert_eq!(event(sent.as_bytes()), Some(Event::Acknowledged(stamp)));
    }
}
